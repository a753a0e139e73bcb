import "@/features/orders/texts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import type { OrderDetail } from "@/api/types";
import { orderQuery } from "@/features/orders/api";
import { orderKeys } from "@/features/orders/keys";
import css from "@/features/orders/order.module.css";
import { OrderActions } from "@/features/orders/order-actions";
import { OrderFacts } from "@/features/orders/order-facts";
import { OrderItems } from "@/features/orders/order-items";
import { OrderRuns } from "@/features/orders/order-runs";
import { OrderStatusBadge, UnmatchedBadge } from "@/features/orders/order-status";
import { OrderSummary } from "@/features/orders/order-summary";
import type { OrderDialog } from "@/features/orders/search";
import { channelName, orderNumber } from "@/features/orders/wording";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { PageHeader, Panel } from "@/ui/page";
import { ErrorState } from "@/ui/page-state";
import { RecordBones } from "@/ui/record-bones";
import { usePageTitle } from "@/ui/use-page-title";

interface DialogProps {
  /** The dialog that is open over the page. */
  open: OrderDialog | undefined;
  onOpen: (dialog: OrderDialog | undefined) => void;
}

export function OrderView({ id, ...dialog }: DialogProps & { id: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(orderQuery(id));
  usePageTitle(query.data ? t("orders.order.title", { number: orderNumber(query.data) }) : t("orders.order.page"));
  useHints((hints) => {
    const isOurs = hints.some((hint) => hint.id === id || hint.id === null);
    // Settling an exception says this as well.
    if (!isOurs || !saysChanged(hints, "order.changed")) return;
    void queryClient.invalidateQueries({ queryKey: orderKeys.order(id) });
  });
  if (query.data) return <OrderPageBody order={query.data} {...dialog} />;
  const failure = failureOf(query);
  if (failure) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  return <RecordBones hasStrip />;
}

function OrderPageBody({ order, open, onOpen }: DialogProps & { order: OrderDetail }) {
  const { t } = useTranslation();
  const [queuedId, setQueuedId] = useState<number>();
  const goTo = (dialog: OrderDialog | undefined) => {
    if (dialog) setQueuedId(undefined);
    onOpen(dialog);
  };
  return (
    <>
      <PageHeader
        title={t("orders.order.title", { number: orderNumber(order) })}
        beside={
          <>
            <OrderStatusBadge status={order.status} />
            <UnmatchedBadge count={order.pending_exception_count} />
          </>
        }
        intro={`${order.store_name} · ${channelName(t, order.channel)}`}
        actions={<OrderActions order={order} open={open} onOpen={goTo} onQueued={({ id }) => setQueuedId(id)} />}
      />
      <OrderSummary order={order} />
      <div className={css.stack}>
        <Panel label={t("orders.order.items")}>
          <OrderItems order={order} />
        </Panel>
        <Panel>
          <OrderFacts order={order} />
        </Panel>
        {order.channel === "letzshop" && (
          <Panel label={t("orders.runs.title")}>
            <OrderRuns orderId={order.id} newId={open ? undefined : queuedId} />
          </Panel>
        )}
      </div>
    </>
  );
}
