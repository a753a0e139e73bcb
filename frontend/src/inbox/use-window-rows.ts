import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { layOut, rangeInView, rowAt, totalHeight } from "@/inbox/window-range";

interface Options {
  readonly keys: readonly string[];
  readonly estimate: (at: number) => number;
  /** Height of what covers the window's top: header and day heading. */
  readonly covered: number;
}

const around = 8;

/** Which rows of a list in the page's own scroll exist now; heights are estimated until they are measured. */
export function useWindowRows({ keys, estimate, covered }: Options) {
  const list = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<string, number>());
  const [measured, setMeasured] = useState(0);
  const [view, setView] = useState({ top: 0, bottom: 900 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `measured` says that the heights behind the ref have changed
  const layout = useMemo(
    () => layOut(keys.length, (at) => heights.current.get(keys[at] ?? "") ?? estimate(at)),
    [keys, estimate, measured],
  );

  useLayoutEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      if (!list.current) return;
      const top = -list.current.getBoundingClientRect().top;
      setView((before) => {
        // Small moves stay within the rows around the view: nothing to render for them.
        const isNear = Math.abs(before.top - top) < 120 && before.bottom - before.top === window.innerHeight;
        return isNear ? before : { top, bottom: top + window.innerHeight };
      });
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    window.addEventListener("scroll", soon, { passive: true });
    window.addEventListener("resize", soon);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", soon);
      window.removeEventListener("resize", soon);
    };
  }, []);

  const observer = useMemo(
    () =>
      new ResizeObserver((entries) => {
        let hasChanged = false;
        for (const { target } of entries) {
          const key = target instanceof HTMLElement ? target.dataset["key"] : undefined;
          const height = target.getBoundingClientRect().height;
          if (key === undefined || height === 0 || heights.current.get(key) === height) continue;
          heights.current.set(key, height);
          hasChanged = true;
        }
        if (hasChanged) setMeasured((count) => count + 1);
      }),
    [],
  );
  useEffect(() => () => observer.disconnect(), [observer]);
  const measure = useCallback(
    (row: HTMLElement | null) => {
      if (!row) return;
      observer.observe(row);
      return () => observer.unobserve(row);
    },
    [observer],
  );

  const scrollTo = useCallback(
    (at: number) => {
      if (!list.current) return;
      const offset = list.current.getBoundingClientRect().top;
      const start = (layout.starts[at] ?? 0) + offset;
      const end = (layout.starts[at + 1] ?? 0) + offset;
      if (start < covered) window.scrollBy({ top: start - covered });
      else if (end > window.innerHeight - 16) window.scrollBy({ top: end - window.innerHeight + 16 });
    },
    [layout, covered],
  );

  const [first, last] = rangeInView(layout, view.top, view.bottom, around);
  return {
    list,
    measure,
    scrollTo,
    first,
    last,
    /** The row that is at the top of what is not covered. */
    topmost: rowAt(layout, view.top + covered),
    height: totalHeight(layout),
    startOf: (at: number) => layout.starts[at] ?? 0,
  };
}
