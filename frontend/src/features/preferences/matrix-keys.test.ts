import { expect, test } from "vitest";
import { cellAfter } from "@/features/preferences/matrix-keys";

const size = { rows: 14, columns: 2 };

test.each([
  ["ArrowDown", { row: 5, column: 1 }],
  ["ArrowUp", { row: 3, column: 1 }],
  ["ArrowLeft", { row: 4, column: 0 }],
  ["Home", { row: 0, column: 1 }],
  ["End", { row: 13, column: 1 }],
])("%s leads to the neighbour or the end", (key, cell) => {
  expect(cellAfter(key, { row: 4, column: 1 }, size)).toEqual(cell);
});

test("at the edge the cell stays, so that its value does not change instead", () => {
  expect(cellAfter("ArrowRight", { row: 4, column: 1 }, size)).toEqual({ row: 4, column: 1 });
  expect(cellAfter("ArrowUp", { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
});

test("other keys are the field's own", () => {
  expect(cellAfter("h", { row: 4, column: 1 }, size)).toBeNull();
  expect(cellAfter(" ", { row: 4, column: 1 }, size)).toBeNull();
});
