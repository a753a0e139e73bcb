import i18n from "i18next";
import "@/features/delivery/texts";
import { afterEach, expect, test } from "vitest";
import { verdictText } from "@/features/delivery/verdict-text";
import { switchLanguage } from "@/i18n";

const said = (detail: string) => verdictText(i18n.t, { detail });
afterEach(() => switchLanguage("en"));

test.each([
  ["By email, import_failure is wanted from high on.", "By e-mail, import failures are wanted from high on."],
  [
    "By chat for store 3, everything is wanted from low on; this is normal.",
    "By chat, all messages of store 3 are wanted from low on; this is normal.",
  ],
  [
    "By email for merchant 12, data_quality is never wanted.",
    "By e-mail, data quality alerts of merchant 12 are never wanted.",
  ],
  [
    "By email, order_exception is wanted from critical on; this is high. It is in the digest.",
    "By e-mail, order exceptions are wanted from critical on; this is high. It is in the digest.",
  ],
  ["It waits for the end of quiet hours.", "It waits for the end of quiet hours."],
])("the rule %s is said in words", (detail, words) => {
  expect(said(detail)).toBe(words);
});

test("what is not known is said as the server said it", () => {
  expect(said("The account is disabled.")).toBe("The account is disabled.");
  expect(said("By pigeon, import_failure is wanted from high on.")).toBe(
    "By pigeon, import_failure is wanted from high on.",
  );
});

test("the words are those of the user's language", async () => {
  await switchLanguage("de");
  expect(said("By email, import_failure is wanted from high on.")).toBe(
    "Per E-Mail sind Importfehler ab hoch gewünscht.",
  );
  expect(said("Ada asked for a test.")).toBe("Ada bat um einen Test.");
});
