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
  ["overtaken", "Something newer about the same alert overtook it before it was sent.", undefined],
  ["no address is set up", "The address was removed", "Die Adresse wurde entfernt"],
  ["7 tries failed", "7 tries failed", "7 Versuche schlugen fehl"],
  ["something new", "Something new", "Something new"],
])("a delivery that stands so for %s says it in words", async (reason, english, german) => {
  expect(reasonText(i18n.t, reason)).toBe(english);
  await switchLanguage("de");
  if (german) expect(reasonText(i18n.t, reason)).toBe(german);
});
