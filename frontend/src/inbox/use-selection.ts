import { useState } from "react";

export interface Selection {
  /** Selected rows that are still listed. */
  readonly ids: readonly number[];
  has: (id: number) => boolean;
  toggle: (id: number, toHere?: boolean) => void;
  selectAll: () => void;
  /** Takes all others out. */
  keep: (ids: readonly number[]) => void;
  clear: () => void;
}

export function useSelection(listed: readonly number[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [last, setLast] = useState<number | null>(null);

  const toggle = (id: number, toHere = false) => {
    setChosen((before) => {
      const after = new Set(before);
      const isAdding = !after.has(id);
      for (const each of toHere ? between(listed, last, id) : [id]) {
        if (isAdding) after.add(each);
        else after.delete(each);
      }
      return after;
    });
    setLast(id);
  };

  return {
    ids: listed.filter((id) => chosen.has(id)),
    has: (id) => chosen.has(id),
    toggle,
    selectAll: () => setChosen(new Set(listed)),
    keep: (ids) => setChosen((before) => new Set(ids.filter((id) => before.has(id)))),
    clear: () => setChosen(new Set()),
  };
}

/** Shift-click: all rows from the last one touched to this one. */
function between(listed: readonly number[], from: number | null, to: number): readonly number[] {
  const start = from === null ? -1 : listed.indexOf(from);
  const end = listed.indexOf(to);
  return start < 0 ? [to] : listed.slice(Math.min(start, end), Math.max(start, end) + 1);
}
