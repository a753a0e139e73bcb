import { type ReactNode, useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { dayName, longDay } from "@/display/dates";
import { useNow } from "@/display/use-now";
import type { Entry } from "@/inbox/day-groups";
import { useWindowRows } from "@/inbox/use-window-rows";
import css from "@/inbox/virtual-list.module.css";

interface Props<T> {
  entries: readonly Entry<T>[];
  cursorId: number | null;
  renderRow: (item: T) => ReactNode;
  onEndNear: () => void;
}

const headingHeight = 36;
const rowHeight = 62;
const pageHeader = 52;
const nearEnd = 12;

/** Only the rows in view exist, so that ten thousand scroll like fifty; the day in view keeps its heading on top. */
export function VirtualList<T extends { id: number }>({ entries, cursorId, renderRow, onEndNear }: Props<T>) {
  const keys = useMemo(() => entries.map(({ key }) => key), [entries]);
  const estimate = useCallback((at: number) => (entries[at]?.kind === "day" ? headingHeight : rowHeight), [entries]);
  const rows = useWindowRows({ keys, estimate, covered: pageHeader + headingHeight });
  const cursorAt =
    cursorId === null ? -1 : entries.findIndex((entry) => entry.kind === "row" && entry.item.id === cursorId);

  // Only when the cursor moves: rows that come or go around it must not scroll the page.
  const latest = useRef({ rows, cursorAt });
  latest.current = { rows, cursorAt };
  useEffect(() => {
    if (cursorId !== null && latest.current.cursorAt >= 0) latest.current.rows.scrollTo(latest.current.cursorAt);
  }, [cursorId]);

  useEffect(() => {
    if (entries.length > 0 && rows.last >= entries.length - nearEnd) onEndNear();
  }, [rows.last, entries.length, onEndNear]);

  const stuck = lastDayUpTo(entries, rows.topmost);
  const shown = new Set<number>();
  // The heading in view, and the cursor's row: it holds the focus and must not vanish when scrolled out of view.
  for (const at of [stuck, cursorAt]) if (at >= 0) shown.add(at);
  for (let at = rows.first; at <= rows.last; at += 1) shown.add(at);

  return (
    <div ref={rows.list} className={css.list} style={{ height: rows.height }}>
      {[...shown]
        .sort((a, b) => a - b)
        .map((at) => {
          const entry = entries[at];
          if (!entry) return null;
          const isStuck = at === stuck;
          return (
            <div
              key={entry.key}
              ref={rows.measure}
              data-key={entry.key}
              className={isStuck ? css.stuck : css.placed}
              style={isStuck ? undefined : { transform: `translateY(${rows.startOf(at)}px)` }}
            >
              {entry.kind === "day" ? <DayHeading iso={entry.iso} /> : renderRow(entry.item)}
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
