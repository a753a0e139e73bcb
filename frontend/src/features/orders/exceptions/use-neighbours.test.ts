import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useNeighbours } from "@/features/orders/exceptions/use-neighbours";

const rows = (...ids: number[]) => ids.map((id) => ({ id }));
const around = (items: { id: number }[], id: number) =>
  renderHook((props: { items: { id: number }[]; id: number }) => useNeighbours(props.items, props.id), {
    initialProps: { items, id },
  });

test("one that has left the list keeps its place between the others", () => {
  const { result, rerender } = around(rows(5, 4, 3, 2), 3);
  expect(result.current).toEqual({ previous: 4, next: 2 });
  rerender({ items: rows(5, 4, 2), id: 3 });
  expect(result.current).toEqual({ previous: 4, next: 2 });
  rerender({ items: rows(5, 4), id: 3 });
  expect(result.current).toEqual({ previous: 4, next: undefined });
});

test("where its neighbours have left as well, as with one that never was listed, the first is next", () => {
  const { result, rerender } = around(rows(5, 4, 3, 2, 1), 3);
  rerender({ items: rows(5, 1), id: 3 });
  expect(result.current).toEqual({ previous: undefined, next: 5 });
  rerender({ items: rows(5, 1), id: 99 });
  expect(result.current).toEqual({ previous: undefined, next: 5 });
});
