import i18n from "i18next";
import { afterEach, beforeAll, expect, test } from "vitest";
import { switchLanguage } from "@/i18n";

let reasonText: typeof import("@/features/delivery/wording").reasonText;
beforeAll(async () => {
  await import("@/features/delivery/texts");
  ({ reasonText } = await import("@/features/delivery/wording"));
});
afterEach(() => switchLanguage("en"));

test.each([
  ["quiet_hours", "Quiet hours", "Ruhezeit"],
  ["asked_for", "Asked for", "Verlangt"],
  ["overtaken", "Something newer about the same thing overtook it before it was sent.", undefined],
  ["tries_failed", "It was given up after 7 tries that failed.", undefined],
  ["something_new", "Something new", "Something new"],
  [null, null, null],
])("a delivery that stands so for %s says it in words", async (reason, english, german) => {
  expect(reasonText(i18n.t, { reason, tries: 7 })).toBe(english);
  await switchLanguage("de");
  if (german !== undefined) expect(reasonText(i18n.t, { reason, tries: 7 })).toBe(german);
});
