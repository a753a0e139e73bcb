import { Button, useMatches } from "@mantine/core";
import { IconPencil, IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { LetzshopRun, Store } from "@/api/types";
import { unfinishedRunsQuery } from "@/features/letzshop/api";
import css from "@/features/letzshop/connected-store.module.css";
import { ConnectionMenu } from "@/features/letzshop/connection-menu";
import { StartRun } from "@/features/letzshop/start-run";
import type { StartableKind } from "@/features/letzshop/use-start-run";
import { useTestConnection } from "@/features/letzshop/use-test-connection";
import { runStatusName, runTitle } from "@/letzshop-runs/wording";
import { useCan } from "@/session/current-user";
import { narrow } from "@/theme/breakpoints";

/** What can be done with a connected store, each as far as the role goes; on narrow screens most of it in a menu. */
export function ConnectionActions({ store, onEdit }: { store: Store; onEdit: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const { data: unfinished = [] } = useQuery(unfinishedRunsQuery(store.id));
  const canRun = useCan("run-jobs");
  const isNarrow = useMatches({ base: true, [narrow]: false }, { getInitialValueInEffect: false });
  const isBlocked = canRun && !store.is_active;
  if (!canRun && unfinished.length === 0) return null;
  /** The line that says why none can be started. */
  const blockOf = (kind: StartableKind) => {
    if (isBlocked) return `${id}-inactive`;
    return unfinished.some((run) => run.kind === kind) ? `${id}-${kind}` : undefined;
  };
  return (
    <div className={css.bar}>
      {canRun && (
        <>
          <StartRun kind="sync" storeId={store.id} blockedBy={blockOf("sync")} />
          {!isNarrow && <StartRun kind="history" storeId={store.id} blockedBy={blockOf("history")} />}
          <div className={css.apart}>
            {!isNarrow && <ConnectionButtons store={store} onEdit={onEdit} />}
            <ConnectionMenu
              store={store}
              isWhole={isNarrow}
              canStartHistory={blockOf("history") === undefined}
              onEdit={onEdit}
            />
          </div>
        </>
      )}
      <div className={css.running} role="status">
        {isBlocked && <span id={`${id}-inactive`}>{t("letzshop.connection.inactive")}</span>}
        {unfinished.map((run) => (
          <RunningLine key={run.id} run={run} id={`${id}-${run.kind}`} />
        ))}
      </div>
    </div>
  );
}

function ConnectionButtons({ store, onEdit }: { store: Store; onEdit: () => void }) {
  const { t } = useTranslation();
  const test = useTestConnection(store.id);
  return (
    <>
      <Button leftSection={<IconPlugConnected size={16} />} loading={test.isPending} onClick={() => test.mutate()}>
        {t("letzshop.connection.test")}
      </Button>
      {useCan("manage") && (
        <Button leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t("letzshop.connection.edit")}
        </Button>
      )}
    </>
  );
}

function RunningLine({ run, id }: { run: LetzshopRun; id: string }) {
  const { t } = useTranslation();
  return (
    <span id={id}>
      <Link to="/letzshop/runs/$id" params={{ id: run.id }}>
        {runTitle(t, run)}
      </Link>
      {` · ${runStatusName(t, run.status)}`}
    </span>
  );
}
