/** Where rows of different heights begin, and which of them a window shows: plain arithmetic. */

export interface Layout {
  /** Start of each row; one more entry, the end of the last. */
  readonly starts: Float64Array;
}

export function layOut(count: number, heightOf: (at: number) => number): Layout {
  const starts = new Float64Array(count + 1);
  for (let at = 0; at < count; at += 1) starts[at + 1] = (starts[at] ?? 0) + heightOf(at);
  return { starts };
}

export function totalHeight({ starts }: Layout): number {
  return starts.at(-1) ?? 0;
}

/** The row at a height, by halving. */
export function rowAt({ starts }: Layout, y: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** First and last row to render: those in view, and some around them. */
export function rangeInView(layout: Layout, top: number, bottom: number, around: number): [number, number] {
  const last = layout.starts.length - 2;
  if (last < 0) return [0, -1];
  return [Math.max(0, rowAt(layout, top) - around), Math.min(last, rowAt(layout, bottom) + around)];
}
