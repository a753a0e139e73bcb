import { expect, test } from "vitest";
import { isSameBody, withEdits } from "@/api/same-body";

test("bodies are the same whatever the order of their keys, and differ by what a list holds", () => {
  expect(isSameBody({ a: 1, b: { c: [2] } }, { b: { c: [2] }, a: 1 })).toBe(true);
  expect(isSameBody({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(isSameBody({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  expect(isSameBody({ a: null }, {})).toBe(false);
});

test("what came is taken, but for the parts that were typed since", () => {
  const before = { table: { one: "low", two: "low" }, list: [1], url: undefined as string | null | undefined }; // `as`: also what it may become
  const came = { table: { one: "high", two: "high" }, list: [1, 2], url: undefined };
  expect(withEdits(before, before, came)).toEqual(came);
  expect(withEdits({ ...before, table: { one: "low", two: "never" } }, before, came)).toEqual({
    table: { one: "high", two: "never" },
    list: [1, 2],
    url: undefined,
  });
  expect(withEdits({ ...before, list: [7], url: null }, before, came)).toEqual({ ...came, list: [7], url: null });
});
