import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrderDetail } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { isWaiting } from "@/features/orders/api";
import { money } from "@/features/orders/money";
import css from "@/features/orders/order.module.css";
import { stageOf } from "@/features/orders/stage";
import { channelName } from "@/features/orders/wording";
import { Time } from "@/ui/time";

/** Says why confirming is not offered; the button points to it. */
export const blockedId = "order-blocked";

export function OrderSummary({ order }: { order: OrderDetail }) {
  const { t } = useTranslation();
  return (
    <>
      <Blocked order={order} />
      <dl className={css.strip}>
        <Cell name={t("orders.column.total")}>
          {money(order.total_amount_cents ?? order.subtotal_cents, order.currency)}
        </Cell>
        <Cell name={t("orders.column.pieces")}>{formatNumber(order.piece_count)}</Cell>
        <Cell name={t("orders.order.ordered")}>
          <Time iso={order.order_date} as="day" />
        </Cell>
        <Cell name={t("orders.order.confirmed")}>
          <Confirmed order={order} />
        </Cell>
        <Cell name={t("orders.order.tracking")}>
          {order.tracking_number ? (
            `${order.tracking_provider ?? ""} ${order.tracking_number}`
          ) : (
            <Quiet>{t("orders.order.noTracking")}</Quiet>
          )}
        </Cell>
      </dl>
    </>
  );
}

/** What came confirmed does not say since when. */
function Confirmed({ order }: { order: OrderDetail }) {
  const { t } = useTranslation();
  if (order.confirmed_at) return <Time iso={order.confirmed_at} as="day" />;
  if (isWaiting(order) || order.status === "pending") return <Quiet>{t("orders.order.notConfirmed")}</Quiet>;
  if (order.status === "cancelled") return <Quiet>–</Quiet>;
  return (
    <>
      {t("orders.order.confirmedThere", { channel: channelName(t, order.channel) })}
      <span className={`${css.sub} ${css.quiet}`}>{t("orders.order.timeUnknown")}</span>
    </>
  );
}

function Blocked({ order }: { order: OrderDetail }) {
  const { t } = useTranslation();
  const first = order.items.find(({ exception }) => exception?.status === "pending")?.exception;
  if (order.pending_exception_count === 0 || !first) return null;
  const stage = isWaiting(order) ? "waits" : stageOf(order.status);
  return (
    <div className={css.blocked} data-stage={stage}>
      <p id={blockedId}>{t(`orders.order.unmatched.${stage}`, { count: order.pending_exception_count })}</p>
      <Button
        renderRoot={(props) => (
          <Link {...props} to="/order-exceptions" search={{ store: [order.store_id], exception: first.id }} />
        )}
      >
        {t("orders.order.settle")}
      </Button>
    </div>
  );
}

function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return <span className={css.quiet}>{children}</span>;
}
