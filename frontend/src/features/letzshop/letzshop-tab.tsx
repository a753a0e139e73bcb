import "@/features/letzshop/texts";
import { Button } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import type { Store } from "@/api/types";
import { connectionQuery, letzshopKeys } from "@/features/letzshop/api";
import { ConnectedStore } from "@/features/letzshop/connected-store";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { useCan } from "@/session/current-user";
import { EmptyState, ErrorState } from "@/ui/page-state";
import { lazyDialog } from "@/ui/part";
import { TableSkeleton } from "@/ui/table-states";

const ConnectDialog = lazyDialog(() => import("@/features/letzshop/connect-dialog"));

interface Props {
  store: Store;
  /** The dialog to connect, or to change the connection, is open. */
  isConnecting: boolean;
  onConnect: (isOpen: boolean) => void;
}

/** How a store stands with Letzshop. For a panel that the page brings. */
export function LetzshopTab({ store, isConnecting, onConnect }: Props) {
  const canManage = useCan("manage");
  const queryClient = useQueryClient();
  const query = useQuery(connectionQuery(store.id));
  useHints((hints) => {
    if (!saysChanged(hints, "letzshop.run")) return;
    void queryClient.invalidateQueries({ queryKey: letzshopKeys.connections });
    void queryClient.invalidateQueries({ queryKey: letzshopKeys.runs });
  });
  const failure = failureOf(query);
  if (query.data === undefined) {
    return failure ? (
      <ErrorState error={failure} onRetry={() => void query.refetch()} />
    ) : (
      <TableSkeleton columns={3} />
    );
  }
  return (
    <>
      {query.data ? (
        <ConnectedStore store={store} connection={query.data} onEdit={() => onConnect(true)} />
      ) : (
        <NotConnected onConnect={() => onConnect(true)} />
      )}
      {isConnecting && canManage && (
        <ConnectDialog store={store} connection={query.data} onClose={() => onConnect(false)} />
      )}
    </>
  );
}

function NotConnected({ onConnect }: { onConnect: () => void }) {
  const { t } = useTranslation();
  const canManage = useCan("manage");
  const body = t("letzshop.connection.noneBody");
  return (
    <EmptyState
      icon={IconPlugConnected}
      title={t("letzshop.connection.none")}
      body={canManage ? body : `${body} ${t("letzshop.connection.askAdmin")}`}
      action={
        canManage && (
          <Button variant="filled" leftSection={<IconPlugConnected size={16} />} onClick={onConnect}>
            {t("letzshop.connection.connect")}
          </Button>
        )
      }
    />
  );
}
