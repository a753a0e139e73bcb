export interface Cell {
  readonly row: number;
  readonly column: number;
}

const steps: Readonly<Record<string, (cell: Cell, size: Size) => Cell>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  Home: ({ column }) => ({ row: 0, column }),
  End: ({ column }, { rows }) => ({ row: rows - 1, column }),
};

interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** Where a key leads from a cell: itself at the edge, null for keys that lead nowhere. */
export function cellAfter(key: string, cell: Cell, size: Size): Cell | null {
  const next = steps[key]?.(cell, size);
  if (!next) return null;
  const isThere = next.row >= 0 && next.row < size.rows && next.column >= 0 && next.column < size.columns;
  return isThere ? next : cell;
}
