import { useCallback, useMemo, useRef } from "react";
import { useRowCursor } from "@/inbox/use-row-cursor";
import { useSelection } from "@/inbox/use-selection";
import { useKeys } from "@/keyboard/use-keys";

/** Cursor, selection and the single keys that are the same in every list; `canSelect`: rows can be changed at all. */
export function useRows(items: readonly { readonly id: number }[], canSelect: boolean) {
  const ids = useMemo(() => items.map(({ id }) => id), [items]);
  const cursor = useRowCursor(ids);
  const selection = useSelection(ids);
  const search = useRef<HTMLInputElement>(null);

  // Rows are memoised: what they are given must not change with every render.
  const latest = useRef({ cursor, selection });
  latest.current = { cursor, selection };
  const onFocus = useCallback((id: number) => latest.current.cursor.place(id), []);
  const onToggle = useCallback((id: number, toHere: boolean) => latest.current.selection.toggle(id, toHere), []);

  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    x: () => canSelect && cursor.id !== null && selection.toggle(cursor.id),
    // The row's own title is what Enter presses, so that key and pointer do the same.
    Enter: () => document.querySelector<HTMLElement>("article[data-cursor] [data-open]")?.click(),
    "/": () => search.current?.focus(),
    Escape: () => (selection.ids.length > 0 ? selection.clear() : cursor.clear()),
  });
  return { cursorId: cursor.id, selection, search, onFocus, onToggle };
}
