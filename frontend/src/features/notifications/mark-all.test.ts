import { expect, test } from "vitest";
import { planMarkAll } from "@/features/notifications/mark-all";
import { sampleNotification } from "@/testing/samples";

const loaded = [sampleNotification({ id: 5 }), sampleNotification({ id: 3, is_read: true })];

test("all that the filters show is marked up to the newest that was seen", () => {
  const limits = { up_to_id: 5, priority: null, type: null, store_id: 7 };
  expect(planMarkAll({ store: [7], status: "unread" }, loaded)).toEqual({ kind: "everything", limits });
});

test("what the API cannot limit itself to is marked row by row", () => {
  expect(planMarkAll({ q: "feed" }, loaded)).toEqual({ kind: "shown", ids: [5] });
});

test.each([
  { what: "only what is read is shown", search: { status: "read" as const }, items: loaded },
  { what: "nothing is loaded", search: {}, items: [] },
  { what: "all that is shown is read", search: { q: "feed" }, items: loaded.slice(1) },
])("nothing is marked when $what", ({ search, items }) => {
  expect(planMarkAll(search, items)).toBeNull();
});
