import { expect, test } from "vitest";
import { neighbourOf } from "@/features/orders/exceptions/neighbour";

const items = [{ id: 5 }, { id: 4 }, { id: 3 }];

test("the next and the one before, none beyond the ends", () => {
  expect(neighbourOf(items, 5, 1)).toBe(4);
  expect(neighbourOf(items, 4, -1)).toBe(5);
  expect(neighbourOf(items, 3, 1)).toBeUndefined();
  expect(neighbourOf(items, 5, -1)).toBeUndefined();
});

test("those that are gone are passed over", () => {
  expect(neighbourOf(items, 5, 1, [5, 4])).toBe(3);
  expect(neighbourOf(items, 3, -1, [4, 5])).toBeUndefined();
});

test("after one that is not listed comes the first, before it nothing", () => {
  expect(neighbourOf(items, 99, 1)).toBe(5);
  expect(neighbourOf(items, 99, -1)).toBeUndefined();
  expect(neighbourOf([], 99, 1)).toBeUndefined();
});
