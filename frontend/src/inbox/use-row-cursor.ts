import { useState } from "react";

interface RowCursor {
  readonly id: number | null;
  move: (step: 1 | -1) => void;
  /** A pointer or the focus chose the row itself. */
  place: (id: number) => void;
  clear: () => void;
}

/** The row that single keys act on; kept by id, so that it stays on its row when rows come or go. */
export function useRowCursor(ids: readonly number[]): RowCursor {
  const [cursor, setCursor] = useState<{ id: number; at: number } | null>(null);
  const found = cursor ? ids.indexOf(cursor.id) : -1;

  const move = (step: 1 | -1) => {
    if (ids.length === 0) return;
    // A row that has gone leaves the cursor between its neighbours.
    const from =
      cursor === null ? (step === 1 ? -1 : ids.length) : found >= 0 ? found : cursor.at - (step === 1 ? 1 : 0);
    const at = Math.min(ids.length - 1, Math.max(0, from + step));
    const id = ids[at];
    if (id !== undefined) setCursor({ id, at });
  };

  return {
    id: found >= 0 && cursor ? cursor.id : null,
    move,
    place: (id) => setCursor({ id, at: ids.indexOf(id) }),
    clear: () => setCursor(null),
  };
}
