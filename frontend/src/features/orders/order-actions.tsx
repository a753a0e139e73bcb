import { Button } from "@mantine/core";
import { IconChecks, IconTruckDelivery } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderDetail } from "@/api/types";
import { isWaiting, orderKeys } from "@/features/orders/api";
import { blockedId } from "@/features/orders/order-summary";
import { useCan } from "@/session/current-user";
import { showToast } from "@/ui/toasts";

const ConfirmUnits = lazy(() => import("@/features/orders/confirm-units"));
const SetTracking = lazy(() => import("@/features/orders/set-tracking"));

/** What is sent to Letzshop about an order; other orders have nobody to tell. */
export function OrderActions({ order }: { order: OrderDetail }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<"confirm" | "tracking" | null>(null);
  const canSend = useCan("triage");
  if (!canSend || order.channel !== "letzshop") return null;

  const queued = () => {
    showToast({ kind: "done", message: t("orders.confirm.queued") });
    void queryClient.invalidateQueries({ queryKey: orderKeys.runs(order.id) });
    setOpen(null);
  };
  const isBlocked = order.pending_exception_count > 0;
  return (
    <>
      <Button leftSection={<IconTruckDelivery size={16} />} onClick={() => setOpen("tracking")}>
        {t("orders.order.setTracking")}
      </Button>
      {isWaiting(order) && (
        <Button
          variant="filled"
          leftSection={<IconChecks size={16} />}
          // Not `disabled`: it keeps its place for Tab, and says why it does nothing.
          {...(isBlocked ? { "data-disabled": true, "aria-disabled": true, "aria-describedby": blockedId } : {})}
          onClick={() => !isBlocked && setOpen("confirm")}
        >
          {t("orders.order.confirm")}
        </Button>
      )}
      <Suspense>
        {open === "confirm" && <ConfirmUnits order={order} onClose={() => setOpen(null)} onQueued={queued} />}
        {open === "tracking" && <SetTracking order={order} onClose={() => setOpen(null)} onQueued={queued} />}
      </Suspense>
    </>
  );
}
