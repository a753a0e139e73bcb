import { expect, test } from "vitest";
import { groupsOf } from "@/features/preferences/categories";
import { bodyOf, draftOf, isTaken } from "@/features/preferences/draft";
import { heard } from "@/features/preferences/threshold";
import { samplePreferences } from "@/testing/preference-samples";

test("a chat address that nobody touched is not sent, one that is removed is sent as null", () => {
  const draft = draftOf(samplePreferences());
  expect(bodyOf(draft)).not.toHaveProperty("chat_url");
  expect(bodyOf({ ...draft, chat_url: null })).toHaveProperty("chat_url", null);
  expect(bodyOf({ ...draft, chat_url: " slack://a " })).toHaveProperty("chat_url", "slack://a");
});

test("what is not part of the document does not come back to the server", () => {
  const names = ["digest", "language", "matrix", "overrides", "quiet_hours", "timezone"];
  expect(Object.keys(bodyOf(draftOf(samplePreferences()))).sort()).toEqual(names);
});

test("a rule is taken when another is for the same place, category and channel, whatever it says", () => {
  const rule = { channel: "email" as const, category: null, store_id: 7, merchant_id: null }; // `as`: the literal
  const overrides = [{ ...rule, min_priority: "never" as const }];
  expect(isTaken(overrides, { ...rule, min_priority: "low" })).toBe(true);
  expect(isTaken(overrides, { ...rule, min_priority: "low", category: "security" })).toBe(false);
  expect(isTaken(overrides, { ...rule, min_priority: "low", store_id: null, merchant_id: 7 })).toBe(false);
});

test("a category that the page does not know yet has a row of its own at the end", () => {
  const groups = groupsOf({ security: {}, coffee_is_out: {} });
  expect(groups).toEqual([
    { name: "elsewhere", categories: ["security"] },
    { name: "others", categories: ["coffee_is_out"] },
  ]);
});

test("what is heard reaches from the threshold to critical, and nothing is heard of never", () => {
  expect(heard("high")).toEqual(["high", "critical"]);
  expect(heard("low")).toHaveLength(4);
  expect(heard("never")).toEqual([]);
});
