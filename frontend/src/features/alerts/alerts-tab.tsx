import { Button } from "@mantine/core";
import { IconCircleCheck, IconEye } from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { AlertList } from "@/features/alerts/alert-list";
import type { AlertRowActions } from "@/features/alerts/alert-row";
import { useAlertFilters } from "@/features/alerts/use-alert-filters";
import { useAlertList } from "@/features/alerts/use-alert-list";
import { useBulkHandling } from "@/features/alerts/use-handling";
import { BulkBar } from "@/inbox/bulk-bar";
import { FilterBar } from "@/inbox/filter-bar";
import { FreshPill } from "@/inbox/fresh-pill";
import { useRowCursor } from "@/inbox/use-row-cursor";
import { useSelection } from "@/inbox/use-selection";
import { useKeys } from "@/keyboard/use-keys";
import { useCan } from "@/session/current-user";

const BulkResolveDialog = lazy(() => import("@/features/alerts/bulk-resolve-dialog"));

export function AlertsTab() {
  const { t } = useTranslation();
  const filters = useAlertFilters();
  const list = useAlertList();
  const ids = useMemo(() => list.items.map(({ id }) => id), [list.items]);
  const cursor = useRowCursor(ids);
  const selection = useSelection(ids);
  const search = useRef<HTMLInputElement>(null);
  const [isResolving, setIsResolving] = useState(false);
  const bulk = useBulkHandling();
  const canTriage = useCan("triage");

  const latest = useRef({ cursor, selection });
  latest.current = { cursor, selection };
  const actions = useMemo<AlertRowActions>(
    () => ({
      canTriage,
      onFocus: (id) => latest.current.cursor.place(id),
      onToggle: (id, toHere) => latest.current.selection.toggle(id, toHere),
    }),
    [canTriage],
  );

  const acknowledge = (chosen: readonly number[]) =>
    bulk.mutate({ ids: chosen, handling: { kind: "acknowledge" } }, { onSuccess: selection.clear });
  const onCursorOrSelection = selection.ids.length > 0 ? selection.ids : cursor.id !== null ? [cursor.id] : [];
  const openIds = list.items.filter((item) => !item.is_resolved && selection.has(item.id)).map(({ id }) => id);

  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    x: () => canTriage && cursor.id !== null && selection.toggle(cursor.id),
    e: () => canTriage && onCursorOrSelection.length > 0 && acknowledge(onCursorOrSelection),
    Enter: () => document.querySelector<HTMLElement>("article[data-cursor] [data-open]")?.click(),
    "/": () => search.current?.focus(),
    Escape: () => (selection.ids.length > 0 ? selection.clear() : cursor.clear()),
  });

  return (
    <>
      {selection.ids.length > 0 ? (
        <BulkBar selection={selection} listedCount={list.items.length}>
          <Button
            leftSection={<IconEye size={16} />}
            rightSection={<kbd>E</kbd>}
            disabled={openIds.length === 0}
            loading={bulk.isPending && !isResolving}
            onClick={() => acknowledge(openIds)}
          >
            {t("alerts.acknowledge")}
          </Button>
          <Button
            leftSection={<IconCircleCheck size={16} />}
            disabled={openIds.length === 0}
            onClick={() => setIsResolving(true)}
          >
            {t("alerts.resolve")}
          </Button>
        </BulkBar>
      ) : (
        <FilterBar filters={filters} searchRef={search} />
      )}
      {list.freshCount > 0 && (
        <FreshPill
          label={
            list.freshCount >= 50
              ? t("alerts.newItemsMany", { count: 50 })
              : t("alerts.newItems", { count: list.freshCount })
          }
          onShow={list.showFresh}
        />
      )}
      <AlertList list={list} cursorId={cursor.id} selection={selection} actions={actions} onClear={filters.onClear} />
      {isResolving && (
        <Suspense>
          <BulkResolveDialog
            count={openIds.length}
            isBusy={bulk.isPending}
            onClose={() => setIsResolving(false)}
            onResolve={(notes) =>
              bulk.mutate(
                { ids: openIds, handling: { kind: "resolve", notes } },
                {
                  onSuccess: () => {
                    setIsResolving(false);
                    selection.clear();
                  },
                },
              )
            }
          />
        </Suspense>
      )}
    </>
  );
}
