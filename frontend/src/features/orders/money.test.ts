import i18n from "i18next";
import { afterEach, expect, test } from "vitest";
import { money } from "@/features/orders/money";

afterEach(() => i18n.changeLanguage("en"));

test("cents become an amount in the words of the page's language", async () => {
  expect(money(123456, "EUR")).toBe("€1,234.56");
  expect(money(-5, "EUR")).toBe("-€0.05");
  await i18n.changeLanguage("de");
  expect(money(123456, "EUR").replace(/\s/g, " ")).toBe("1.234,56 €");
});

test("a currency that nobody knows stands as it was sent", () => {
  expect(money(1250, "EURO")).toBe("12.50 EURO");
});
