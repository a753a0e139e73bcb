import i18n from "i18next";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { DetailArgs, DetailCode } from "@/api/types";
import { languages, switchLanguage } from "@/i18n";
import { whyDetail } from "@/i18n/en/why-detail";
import { verdictText } from "@/inbox/why/verdict-text";
import { detailArgs } from "@/testing/detail-args";

const now = new Date(2026, 10, 23, 20, 0);
const morning = new Date(2026, 10, 23, 7, 0).toISOString();
const args = detailArgs({
  channel: "email",
  category: "import_failure",
  threshold: "high",
  priority: "normal",
  role: "viewer",
  frequency: "daily",
  silence_id: 3,
  comment: "Moving.",
  until: morning,
  at: morning,
  factor: 10,
  step: 2,
  tries: 7,
  title: "12 more messages",
  name: "Ada",
});
const said = (detail_code: DetailCode | null, detail_args: DetailArgs = args) =>
  verdictText(i18n.t, { detail: "Said by the server.", detail_code, detail_args }, now);
beforeAll(() => import("@/inbox/why/texts"));
afterEach(() => switchLanguage("en"));

test.each([
  [{}, "By e-mail, import failures are wanted from high on; this is normal."],
  [
    { store_id: 3, store_name: "Book Store" },
    "By e-mail, import failures of Book Store are wanted from high on; this is normal.",
  ],
  [{ store_id: 3 }, "By e-mail, import failures of store 3 are wanted from high on; this is normal."],
  [
    { category: null, merchant_id: 12, merchant_name: "Moulin" },
    "By e-mail, all messages of Moulin are wanted from high on; this is normal.",
  ],
  [{ category: "retired_type" }, "By e-mail, retired type are wanted from high on; this is normal."],
])("a choice about %o says what it is about", (part, words) => {
  expect(said("below_threshold", { ...args, ...part })).toBe(words);
});

test("times are those of the reader's clock", () => {
  expect(said("quiet_hours")).toBe("It waits for the end of quiet hours: 07:00.");
});

test("what has no code is said as the server said it, and what is newer than this page, too", () => {
  expect(said(null)).toBe("Said by the server.");
  const newer = "of_tomorrow" as DetailCode; // `as`: a code that this build does not know
  expect(said(newer)).toBe("Said by the server.");
});

test.each(languages)("every reason has all its words in %s, and no code among them", async (language) => {
  await switchLanguage(language);
  for (const code of Object.keys(whyDetail) as DetailCode[]) {
    // `as`: its keys are the codes
    const words = said(code);
    expect(words).toMatch(/^\S.*[.!]$/s);
    expect(words).not.toMatch(/\{\{|undefined|null|Said by|import_failure|T\d\d:/);
  }
});

test("the words are those of the user's language", async () => {
  await switchLanguage("de");
  expect(said("wanted", { ...args, store_id: 3, store_name: "Moulin" })).toBe(
    "Per E-Mail sind Importfehler von Moulin ab hoch gewünscht.",
  );
  expect(said("silenced")).toBe("Nr. 3: „Moving.“. Sie endet: 07:00.");
  await switchLanguage("fr");
  expect(said("admins_only")).toBe(
    "Les alertes de sécurité sont pour les administrateurs ; le rôle de ce compte est « Lecture seule ».",
  );
});
