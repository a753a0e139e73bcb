import { Button } from "@mantine/core";
import { IconChecks, IconTruckDelivery } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { LetzshopRun, OrderDetail } from "@/api/types";
import { isWaiting } from "@/features/orders/api";
import { blockedId } from "@/features/orders/order-summary";
import type { OrderDialog } from "@/features/orders/search";
import { runKeys, runsOfOrderQuery } from "@/letzshop-runs/api";
import { useCan } from "@/session/current-user";
import { lazyDialog } from "@/ui/part";
import { showToast } from "@/ui/toasts";

const ConfirmUnits = lazyDialog(() => import("@/features/orders/confirm-units"));
const SetTracking = lazyDialog(() => import("@/features/orders/set-tracking"));

interface Props {
  order: OrderDetail;
  open: OrderDialog | undefined;
  onOpen: (dialog: OrderDialog | undefined) => void;
  onQueued: (run: LetzshopRun) => void;
}

/** What is sent to Letzshop about an order; other orders have nobody to tell. */
export function OrderActions({ order, open, onOpen, onQueued }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const canSend = useCan("triage");
  if (!canSend || order.channel !== "letzshop") return null;

  const close = () => onOpen(undefined);
  const queued = (run: LetzshopRun) => {
    showToast({ kind: "done", message: t("orders.confirm.queued") });
    // At once: its line is where the focus goes.
    queryClient.setQueryData(runsOfOrderQuery(order.id).queryKey, (runs) => runs && [run, ...runs]);
    void queryClient.invalidateQueries({ queryKey: runKeys.lists });
    onQueued(run);
    close();
  };
  const waits = isWaiting(order);
  // What nobody has confirmed yet is not on its way, and what was declined never will be.
  const isTrackable = order.status === "processing" || order.status === "shipped";
  const isBlocked = order.pending_exception_count > 0;
  return (
    <>
      {isTrackable && (
        <Button leftSection={<IconTruckDelivery size={16} />} onClick={() => onOpen("tracking")}>
          {t("orders.order.setTracking")}
        </Button>
      )}
      {waits && (
        <Button
          variant="filled"
          leftSection={<IconChecks size={16} />}
          // Not `disabled`: it keeps its place for Tab, and says why it does nothing.
          {...(isBlocked ? { "data-disabled": true, "aria-disabled": true, "aria-describedby": blockedId } : {})}
          onClick={() => !isBlocked && onOpen("confirm")}
        >
          {t("orders.order.confirm")}
        </Button>
      )}
      {open === "confirm" && waits && !isBlocked && <ConfirmUnits order={order} onClose={close} onQueued={queued} />}
      {open === "tracking" && isTrackable && <SetTracking order={order} onClose={close} onQueued={queued} />}
    </>
  );
}
