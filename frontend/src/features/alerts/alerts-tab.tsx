import { Button } from "@mantine/core";
import { IconCircleCheck, IconEye } from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { AlertList } from "@/features/alerts/alert-list";
import type { AlertRowActions } from "@/features/alerts/alert-row";
import { useAlertFilters } from "@/features/alerts/use-alert-filters";
import { useAlertList } from "@/features/alerts/use-alert-list";
import { useBulkHandling } from "@/features/alerts/use-handling";
import { BulkBar } from "@/inbox/bulk-bar";
import { FilterBar } from "@/inbox/filter-bar";
import { FreshPill } from "@/inbox/fresh-pill";
import { useRows } from "@/inbox/use-rows";
import { useKeys } from "@/keyboard/use-keys";
import { useCan } from "@/session/current-user";

const BulkResolveDialog = lazy(() => import("@/features/alerts/bulk-resolve-dialog"));

export function AlertsTab() {
  const { t } = useTranslation();
  const filters = useAlertFilters();
  const list = useAlertList();
  const canTriage = useCan("triage");
  const { cursorId, selection, search, onFocus, onToggle } = useRows(list.items, canTriage);
  const [isResolving, setIsResolving] = useState(false);
  const bulk = useBulkHandling();
  const actions = useMemo<AlertRowActions>(() => ({ canTriage, onFocus, onToggle }), [canTriage, onFocus, onToggle]);

  const acknowledge = (chosen: readonly number[]) =>
    bulk.mutate({ ids: chosen, handling: { kind: "acknowledge" } }, { onSuccess: selection.clear });
  const onCursorOrSelection = selection.ids.length > 0 ? selection.ids : cursorId !== null ? [cursorId] : [];
  const openIds = list.items.filter((item) => !item.is_resolved && selection.has(item.id)).map(({ id }) => id);

  useKeys({ e: () => canTriage && onCursorOrSelection.length > 0 && acknowledge(onCursorOrSelection) });

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
      {list.freshCount > 0 && <FreshPill count={list.freshCount} onShow={list.showFresh} />}
      <AlertList list={list} cursorId={cursorId} selection={selection} actions={actions} onClear={filters.onClear} />
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
