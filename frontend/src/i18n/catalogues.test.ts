import i18n from "i18next";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startI18n, switchLanguage } from "@/i18n";
import { de } from "@/i18n/de";
import { en } from "@/i18n/en";
import { fr } from "@/i18n/fr";

interface Texts {
  readonly [key: string]: string | Texts;
}

/** `{"level.high": "High"}` */
function flattened(texts: Texts, before = ""): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${before}${key}`, value] as const] : [...flattened(value, `${before}${key}.`)],
    ),
  );
}

const english = flattened(en);
/** What the page puts into a text or marks in it, in any order. */
const partsOf = (text = "") => (text.match(/\{\{\w+\}\}|<\/?b>/g) ?? []).sort();

describe.each([
  ["French", flattened(fr)],
  ["German", flattened(de)],
])("the %s catalogue", (_name, texts) => {
  test("has exactly the keys of the English one", () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test("has the placeholders and marks of the English texts", () => {
    for (const [key, text] of english) expect([key, partsOf(texts.get(key))]).toEqual([key, partsOf(text)]);
  });

  test("has no empty text", () => {
    expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});

describe("the language", () => {
  afterEach(() => switchLanguage("en"));

  test("that was chosen is spoken again at the next start", async () => {
    await switchLanguage("fr");
    await i18n.changeLanguage("en");
    await startI18n();
    expect(i18n.t("action.close")).toBe("Fermer");
    expect(document.documentElement.lang).toBe("fr");
  });

  test("is the first of the browser's that the pages speak, as long as none was chosen", async () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["lb-LU", "de-LU", "fr-LU"]);
    await startI18n();
    expect(i18n.t("action.close")).toBe("Schließen");
  });

  test("is English in a browser whose languages no page speaks", async () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["lb-LU", "pt"]);
    await startI18n();
    expect(i18n.t("action.close")).toBe("Close");
  });
});
