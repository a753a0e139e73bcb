import { expect, test } from "vitest";
import { changesOf, textOrNull } from "@/api/changes";

const store = { name: "Books", description: null as string | null, days: 3, rate: 17 };

test("only what differs is sent, null when it was emptied", () => {
  expect(changesOf({ ...store, description: "Old" }, { name: "Books", description: null, days: 4 })).toEqual({
    description: null,
    days: 4,
  });
});

test("what is undefined is left alone", () => {
  expect(changesOf(store, { name: "Books", rate: undefined })).toEqual({});
});

test("an emptied text is null, and spaces around it are nobody's wish", () => {
  expect([textOrNull("  "), textOrNull(" a b ")]).toEqual([null, "a b"]);
});
