import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import type { Catalogue } from "@/i18n/en";
import { firstLoad } from "@/i18n/en/first-load";

export const languages = ["en", "fr", "de"] as const;
export type Language = (typeof languages)[number];

const key = "tocsin-language";

/** English is in the first load; the others come when they are asked for. */
const lazyCatalogues: Record<Exclude<Language, "en">, () => Promise<Catalogue>> = {
  fr: async () => (await import("@/i18n/fr")).fr,
  de: async () => (await import("@/i18n/de")).de,
};

export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: { en: { translation: firstLoad } },
    lng: "en",
    fallbackLng: "en",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  // A catalogue that does not come leaves the page in English, which is better than no page.
  await speak(preferredLanguage()).catch(() => undefined);
}

/** From now on, in this browser. */
export async function switchLanguage(language: Language): Promise<void> {
  await speak(language);
  localStorage.setItem(key, language);
}

async function speak(language: Language): Promise<void> {
  if (language !== "en" && !i18n.hasResourceBundle(language, "translation")) {
    i18n.addResourceBundle(language, "translation", await lazyCatalogues[language]());
  }
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** What was chosen here, else the first of the browser's languages that we speak. */
function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(key), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  for (const tag of wanted) {
    const spoken = languages.find((language) => language === tag);
    if (spoken) return spoken;
  }
  return "en";
}
