import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "@/i18n/en";

export const languages = ["en"] as const;
export type Language = (typeof languages)[number];

const key = "tocsin-language";

/** English is in the first load; another language is a file beside `en`, typed as `Catalogue`, that comes when asked for. */
const lazyCatalogues: Partial<Record<Language, () => Promise<object>>> = {};

export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: "en",
    fallbackLng: "en",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  const chosen = chosenLanguage();
  if (chosen !== "en") await switchLanguage(chosen);
}

export async function switchLanguage(language: Language): Promise<void> {
  const load = lazyCatalogues[language];
  if (load && !i18n.hasResourceBundle(language, "translation")) {
    i18n.addResourceBundle(language, "translation", await load());
  }
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(key, language);
}

export function chosenLanguage(): Language {
  const stored = localStorage.getItem(key) ?? navigator.language.slice(0, 2);
  return languages.find((language) => language === stored) ?? "en";
}
