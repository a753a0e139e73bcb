import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OrderDetail, OrderItem } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { money } from "@/features/orders/money";
import css from "@/features/orders/order.module.css";
import { productName, unitStateName } from "@/features/orders/wording";
import { CardTable } from "@/ui/card-table";
import badge from "@/ui/status-badge.module.css";
import table from "@/ui/table.module.css";

export function OrderItems({ order }: { order: OrderDetail }) {
  const { t } = useTranslation();
  return (
    <>
      <h2 className={css.panelTitle}>{t("orders.order.items")}</h2>
      <CardTable
        head={
          <>
            <th>{t("orders.order.item")}</th>
            <th>{t("orders.order.product")}</th>
            <th>{t("orders.order.units")}</th>
            <th className={table.number}>{t("orders.order.price")}</th>
            <th className={table.number}>{t("orders.order.sum")}</th>
          </>
        }
      >
        {order.items.map((item) => (
          <tr key={item.id}>
            <td className={`${css.item} ${table.wide}`}>
              <b>{item.product_name}</b>
              <span className={css.sub}>{numbersOfItem(item)}</span>
            </td>
            <td className={`${css.item} ${table.wide}`}>
              <Match item={item} storeId={order.store_id} />
            </td>
            <td className={table.wide}>
              <Units item={item} />
            </td>
            <td className={`${table.number} ${table.dropped}`}>{money(item.unit_price_cents, order.currency)}</td>
            <td className={table.number}>{money(item.total_price_cents, order.currency)}</td>
          </tr>
        ))}
      </CardTable>
    </>
  );
}

function numbersOfItem({ gtin, sku, brand }: OrderItem): string {
  return [brand, gtin && `GTIN ${gtin}`, sku && `SKU ${sku}`].filter(Boolean).join(" · ");
}

/** The product; or why there is none, and the way to settle it. */
function Match({ item: { product, exception }, storeId }: { item: OrderItem; storeId: number }) {
  const { t } = useTranslation();
  if (product) {
    return (
      <>
        {productName(t, product)}
        <span className={css.sub}>{`SKU ${product.marketplace_product_id}`}</span>
      </>
    );
  }
  if (!exception) return <span className={css.quiet}>–</span>;
  const status = exception.status === "pending" ? undefined : ("all" as const); // `as`: the literal
  return (
    <>
      <Link to="/order-exceptions" search={{ store: [storeId], status, exception: exception.id }}>
        {exception.status === "ignored" ? t("orders.order.ignored") : t("orders.order.noProduct")}
      </Link>
      <span className={css.sub}>
        {exception.resolution_notes ?? t(`orders.exceptions.type.${exception.exception_type}`)}
      </span>
    </>
  );
}

const tones: Record<string, string> = { confirmed: "good", declined: "warning" };

/** How many pieces are in which state. */
function Units({ item }: { item: OrderItem }) {
  const { t } = useTranslation();
  const states = [...new Set(item.units.map(({ state }) => state))];
  if (states.length === 0) return <>{formatNumber(item.quantity)}</>;
  return (
    <ul className={css.units}>
      {states.map((state) => (
        <li key={state} className={badge.badge} data-tone={tones[state] ?? "quiet"}>
          {t("orders.order.unitCount", {
            n: formatNumber(item.units.filter((unit) => unit.state === state).length),
            state: unitStateName(t, state),
          })}
        </li>
      ))}
    </ul>
  );
}
