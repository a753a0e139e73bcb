import { ActionIcon, Button } from "@mantine/core";
import { IconDots, IconPencil, IconPlugConnected, IconUnlink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LetzshopRun, Store } from "@/api/types";
import { unfinishedRunsQuery } from "@/features/letzshop/api";
import css from "@/features/letzshop/connected-store.module.css";
import { StartRun } from "@/features/letzshop/start-run";
import { useTestConnection } from "@/features/letzshop/use-test-connection";
import { runStatusName } from "@/features/letzshop/wording";
import { useCan } from "@/session/current-user";
import { Menu, MenuItem } from "@/ui/menu";
import more from "@/ui/record-actions.module.css";

const DisconnectStore = lazy(() => import("@/features/letzshop/disconnect-store"));

/** What can be done with a connected store, each as far as the role goes. */
export function ConnectionActions({ store, onEdit }: { store: Store; onEdit: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const { data: unfinished = [] } = useQuery(unfinishedRunsQuery(store.id));
  const test = useTestConnection(store.id);
  const canRun = useCan("run-jobs");
  const canManage = useCan("manage");
  const isRunningLine = unfinished.length > 0;
  if (!canRun && !isRunningLine) return null;
  return (
    <div className={css.bar}>
      {canRun &&
        (["sync", "history"] as const).map((kind) => (
          <StartRun
            key={kind}
            kind={kind}
            storeId={store.id}
            present={unfinished.find((run) => run.kind === kind)}
            describedBy={`${id}-${kind}`}
          />
        ))}
      {canRun && (
        <div className={css.apart}>
          <Button leftSection={<IconPlugConnected size={16} />} loading={test.isPending} onClick={() => test.mutate()}>
            {t("letzshop.connection.test")}
          </Button>
          {canManage && <ManageConnection store={store} onEdit={onEdit} />}
        </div>
      )}
      <div className={css.running} role="status">
        {unfinished.map((run) => (
          <RunningLine key={run.id} run={run} id={`${id}-${run.kind}`} />
        ))}
      </div>
    </div>
  );
}

function RunningLine({ run, id }: { run: LetzshopRun; id: string }) {
  const { t } = useTranslation();
  return (
    <span id={id}>
      <Link to="/letzshop/runs/$id" params={{ id: run.id }}>
        {t("letzshop.connection.running", { kind: t(`letzshop.kind.${run.kind}`), id: run.id })}
      </Link>
      {` · ${runStatusName(t, run.status)}`}
    </span>
  );
}

function ManageConnection({ store, onEdit }: { store: Store; onEdit: () => void }) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const label = `${t("action.moreActions")}: ${t("letzshop.connection.title")}`;
  return (
    <>
      <Button leftSection={<IconPencil size={16} />} onClick={onEdit}>
        {t("letzshop.connection.edit")}
      </Button>
      <Menu
        label={label}
        renderButton={(props) => (
          <ActionIcon {...props} size={36} className={more.more} aria-label={label} aria-haspopup="menu">
            <IconDots size={18} />
          </ActionIcon>
        )}
      >
        <MenuItem icon={IconUnlink} isDangerous onClick={() => setIsAsking(true)}>
          {t("letzshop.connection.disconnect")}
        </MenuItem>
      </Menu>
      {isAsking && (
        <Suspense>
          <DisconnectStore store={store} onClose={() => setIsAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
