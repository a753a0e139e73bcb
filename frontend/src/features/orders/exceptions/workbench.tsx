import "@/features/orders/texts";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ExceptionList } from "@/features/orders/exceptions/exception-list";
import type { ExceptionRowActions } from "@/features/orders/exceptions/exception-row";
import { neighbourOf } from "@/features/orders/exceptions/neighbour";
import { useExceptionFilters } from "@/features/orders/exceptions/use-exception-filters";
import { useExceptionList } from "@/features/orders/exceptions/use-exception-list";
import { useNeighbours } from "@/features/orders/exceptions/use-neighbours";
import type { ExceptionFilters } from "@/features/orders/search";
import { FilterBar } from "@/filters/filter-bar";
import { FreshPill } from "@/inbox/fresh-pill";
import { useRows } from "@/inbox/use-rows";
import { useKeys } from "@/keyboard/use-keys";
import { useCan } from "@/session/current-user";
import { announce } from "@/ui/announcer";
import { lazyDialog } from "@/ui/part";

const ExceptionPanel = lazyDialog(() => import("@/features/orders/exceptions/exception-panel"));

interface Props {
  filters: ExceptionFilters;
  onFilter: (filters: ExceptionFilters) => void;
  /** The exception whose panel is open. */
  openId: number | undefined;
  onOpen: (id: number | undefined) => void;
}

/** Exceptions one after the other, without the pointer: the list, and the panel that goes on to the next by itself. */
export function Workbench({ filters, onFilter, openId, onOpen }: Props) {
  const { t } = useTranslation();
  const canSettle = useCan("triage");
  const bar = useExceptionFilters(filters, onFilter);
  const list = useExceptionList(filters);
  const { cursorId, search, onFocus } = useRows(list.items, false);
  const [ignoring, setIgnoring] = useState<number | null>(null);

  // Rows are memoised: what they are given must not change with every render.
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const latestOpenId = useRef(openId);
  latestOpenId.current = openId;
  const { previous, next } = useNeighbours(list.items, openId);
  const actions = useMemo<ExceptionRowActions>(() => ({ onFocus, onOpen: (id) => latest.current(id) }), [onFocus]);

  useKeys({
    i: () => {
      if (!canSettle || cursorId === null) return;
      setIgnoring(cursorId);
      onOpen(cursorId);
    },
  });
  const goTo = (id: number | undefined) => {
    setIgnoring(null);
    onOpen(id);
  };
  const close = () => {
    // The row that was looked at last, not the one that opened the panel.
    if (openId !== undefined && list.items.some(({ id }) => id === openId)) onFocus(openId);
    goTo(undefined);
  };
  const settled = (gone: readonly number[]) => {
    // Whoever has closed the panel or gone on meanwhile stays there.
    if (latestOpenId.current !== openId) return;
    // The stream may have taken it out of the list before the answer came.
    const isListed = list.items.some(({ id }) => id === openId);
    const then = isListed
      ? (neighbourOf(list.items, openId, 1, gone) ?? neighbourOf(list.items, openId, -1, gone))
      : [next, previous].find((id) => id !== undefined && !gone.includes(id));
    if (then === undefined) announce(t("orders.exceptions.panel.last"));
    goTo(then);
  };
  return (
    <>
      <FilterBar filters={bar} searchRef={search} />
      {list.freshCount > 0 && <FreshPill count={list.freshCount} onShow={list.showFresh} />}
      <ExceptionList list={list} cursorId={cursorId} actions={actions} canSettle={canSettle} onClear={bar.onClear} />
      {openId !== undefined && (
        <ExceptionPanel
          id={openId}
          isIgnoring={ignoring === openId}
          previousId={previous}
          nextId={next}
          onGo={goTo}
          onIgnoring={(isIgnoring) => setIgnoring(isIgnoring ? openId : null)}
          onSettled={settled}
          onClose={close}
        />
      )}
    </>
  );
}
