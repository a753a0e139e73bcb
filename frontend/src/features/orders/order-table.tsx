import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Order } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { money } from "@/features/orders/money";
import { OrderStatusBadge, UnmatchedBadge } from "@/features/orders/order-status";
import css from "@/features/orders/order-table.module.css";
import { channelName, orderNumber } from "@/features/orders/wording";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

interface Props {
  orders: readonly Order[];
  /** All are of one store, which the page names. */
  isOfOneStore: boolean;
}

export function OrderTable({ orders, isOfOneStore }: Props) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("orders.column.order")}</th>
          <th>{t("orders.column.status")}</th>
          {!isOfOneStore && <th>{t("orders.column.store")}</th>}
          <th>{t("orders.column.customer")}</th>
          <th className={table.number}>{t("orders.column.pieces")}</th>
          <th className={table.number}>{t("orders.column.total")}</th>
          <th className={table.number}>{t("orders.column.date")}</th>
        </>
      }
    >
      {orders.map((order) => (
        <OrderLine key={order.id} order={order} isOfOneStore={isOfOneStore} />
      ))}
    </CardTable>
  );
}

function OrderLine({ order, isOfOneStore }: { order: Order; isOfOneStore: boolean }) {
  const { t } = useTranslation();
  return (
    <tr className={table.linked}>
      <td className={css.name}>
        <Link to="/orders/$id" params={{ id: order.id }} className={table.link}>
          {orderNumber(order)}
        </Link>
        <span className={css.sub}>{channelName(t, order.channel)}</span>
      </td>
      <td>
        <span className={css.badges}>
          <OrderStatusBadge status={order.status} />
          <UnmatchedBadge count={order.pending_exception_count} />
        </span>
      </td>
      {!isOfOneStore && <td className={`${css.party} ${table.wide}`}>{order.store_name}</td>}
      <td className={`${css.party} ${table.wide}`}>{order.customer_name ?? order.customer_email ?? "–"}</td>
      <td className={`${table.number} ${table.dropped}`}>{formatNumber(order.piece_count)}</td>
      <td className={`${table.number} ${css.total}`}>
        {money(order.total_amount_cents ?? order.subtotal_cents, order.currency)}
      </td>
      <td className={`${table.number} ${table.quiet}`}>
        <Time iso={order.order_date} as="day" />
      </td>
    </tr>
  );
}
