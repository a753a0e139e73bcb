import { Button } from "@mantine/core";
import { IconBellZ, IconCircleCheck, IconEye } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alert } from "@/api/types";
import { AlertList } from "@/features/alerts/alert-list";
import type { AlertRowActions } from "@/features/alerts/alert-row";
import { useAlertFilters } from "@/features/alerts/use-alert-filters";
import { useAlertList } from "@/features/alerts/use-alert-list";
import { type Failure, type Handling, useBulkHandling } from "@/features/alerts/use-handling";
import { FilterBar } from "@/filters/filter-bar";
import { BarPlace } from "@/inbox/bar-place";
import { BulkBar } from "@/inbox/bulk-bar";
import { FreshPill } from "@/inbox/fresh-pill";
import { useRows } from "@/inbox/use-rows";
import { useKeys } from "@/keyboard/use-keys";
import { useCan } from "@/session/current-user";
import { lazyDialog } from "@/ui/part";

const BulkResolveDialog = lazyDialog(() => import("@/features/alerts/bulk-resolve-dialog"));
const SnoozeAlerts = lazyDialog(() => import("@/features/alerts/snooze-alerts"));

export function AlertsTab() {
  const { t } = useTranslation();
  const filters = useAlertFilters();
  const list = useAlertList();
  const canTriage = useCan("triage");
  const { cursorId, selection, search, onFocus, onToggle } = useRows(list.items, canTriage);
  const [isResolving, setIsResolving] = useState(false);
  const bulk = useBulkHandling();
  const [snoozing, setSnoozing] = useState<readonly Alert[]>([]);

  const hasSelection = selection.ids.length > 0;
  const open = list.items.filter(
    (item) => !item.is_resolved && (hasSelection ? selection.has(item.id) : item.id === cursorId),
  );
  const unacknowledged = open.filter((item) => item.acknowledged_at === null);
  const handle = (alerts: readonly Alert[], handling: Handling, onDone?: () => void) => {
    if (!canTriage || bulk.isPending || alerts.length === 0) return;
    const done = (failures: readonly Failure[]) => {
      selection.keep(failures.map(({ id }) => id));
      onDone?.();
    };
    bulk.mutate({ ids: alerts.map(({ id }) => id), handling }, { onSuccess: done });
  };
  const acknowledge = () => handle(unacknowledged, { kind: "acknowledge" });
  const snooze = () => setSnoozing(canTriage ? open : []);
  // Rows are memoised: what they are given must not change with every render.
  const latest = useRef(handle);
  latest.current = handle;
  const actions = useMemo<AlertRowActions>(
    () => ({
      canTriage,
      onFocus,
      onToggle,
      onAcknowledge: (alert) => latest.current([alert], { kind: "acknowledge" }),
      onSnooze: (alert) => setSnoozing([alert]),
    }),
    [canTriage, onFocus, onToggle],
  );

  useKeys({ e: acknowledge, s: snooze });

  return (
    <>
      <BarPlace
        filters={<FilterBar filters={filters} searchRef={search} />}
        bulk={
          hasSelection && (
            <BulkBar selection={selection} listedCount={list.items.length}>
              <Button
                leftSection={<IconEye size={16} />}
                rightSection={<kbd>E</kbd>}
                disabled={unacknowledged.length === 0}
                loading={bulk.isPending && !isResolving}
                onClick={acknowledge}
              >
                {t("alerts.acknowledge")}
              </Button>
              <Button
                leftSection={<IconBellZ size={16} />}
                rightSection={<kbd>S</kbd>}
                disabled={open.length === 0}
                onClick={snooze}
              >
                {t("notifications.snooze")}
              </Button>
              <Button
                leftSection={<IconCircleCheck size={16} />}
                disabled={open.length === 0}
                onClick={() => setIsResolving(true)}
              >
                {t("alerts.resolve")}
              </Button>
            </BulkBar>
          )
        }
      />
      {list.freshCount > 0 && <FreshPill count={list.freshCount} onShow={list.showFresh} />}
      <AlertList list={list} cursorId={cursorId} selection={selection} actions={actions} onClear={filters.onClear} />
      {snoozing.length > 0 && (
        <SnoozeAlerts alerts={snoozing} onClose={() => setSnoozing([])} onDone={selection.clear} />
      )}
      {isResolving && (
        <BulkResolveDialog
          count={open.length}
          isBusy={bulk.isPending}
          onClose={() => setIsResolving(false)}
          onResolve={(notes) => handle(open, { kind: "resolve", notes }, () => setIsResolving(false))}
        />
      )}
    </>
  );
}
