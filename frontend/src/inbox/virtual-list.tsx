import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayName, longDay } from "@/display/dates";
import { useNow } from "@/display/use-now";
import type { Entry } from "@/inbox/day-groups";
import css from "@/inbox/virtual-list.module.css";

interface Props<T> {
  entries: readonly Entry<T>[];
  cursorId: number | null;
  renderRow: (item: T, position: number) => ReactNode;
  onEndNear: () => void;
}

const headingHeight = 36;
const rowHeight = 62;
const nearEnd = 12;

/** Only the rows in view exist, so that ten thousand scroll like fifty; the day in view keeps its heading on top. */
export function VirtualList<T extends { id: number }>({ entries, cursorId, renderRow, onEndNear }: Props<T>) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const stuck = useRef(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY);
    };
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, []);

  const cursorAt = cursorId === null ? -1 : entries.findIndex((entry) => entry.kind === "row" && entry.item.id === cursorId);
  const rangeExtractor = useCallback(
    (range: Range) => {
      stuck.current = lastDayUpTo(entries, range.startIndex);
      // The cursor's row holds the focus: it must not be taken away when it is scrolled out of view.
      const always = [stuck.current, cursorAt].filter((at) => at >= 0);
      return [...new Set([...always, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
    },
    [entries, cursorAt],
  );
  const virtualizer = useWindowVirtualizer({
    count: entries.length,
    estimateSize: (at) => (entries[at]?.kind === "day" ? headingHeight : rowHeight),
    getItemKey: (at) => entries[at]?.key ?? at,
    scrollMargin: top,
    scrollPaddingStart: 96,
    scrollPaddingEnd: 24,
    overscan: 8,
    rangeExtractor,
  });

  useEffect(() => {
    if (cursorAt >= 0) virtualizer.scrollToIndex(cursorAt, { align: "auto" });
  }, [cursorAt, virtualizer]);

  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (entries.length > 0 && last >= entries.length - nearEnd) onEndNear();
  }, [last, entries.length, onEndNear]);

  return (
    <div ref={list} className={css.list} style={{ height: virtualizer.getTotalSize() }}>
      {shown.map(({ index, key, start }) => {
        const entry = entries[index];
        if (!entry) return null;
        const isStuck = index === stuck.current && entry.kind === "day";
        return (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className={isStuck ? css.stuck : css.placed}
            style={isStuck ? undefined : { transform: `translateY(${start - top}px)` }}
          >
            {entry.kind === "day" ? <DayHeading iso={entry.iso} /> : renderRow(entry.item, index)}
          </div>
        );
      })}
    </div>
  );
}

function DayHeading({ iso }: { iso: string }) {
  const now = useNow();
  const { i18n } = useTranslation();
  const name = dayName(iso, now);
  return (
    <h2 className={css.day} lang={i18n.language}>
      {name && <b>{name}</b>} <span>{longDay(iso, now)}</span>
    </h2>
  );
}

function lastDayUpTo<T>(entries: readonly Entry<T>[], at: number): number {
  for (let index = Math.min(at, entries.length - 1); index >= 0; index -= 1) {
    if (entries[index]?.kind === "day") return index;
  }
  return -1;
}
