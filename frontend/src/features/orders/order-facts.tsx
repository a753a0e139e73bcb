import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { OrderAddress, OrderDetail } from "@/api/types";
import { money } from "@/features/orders/money";
import { Fact, FactGroup, FactGroups } from "@/ui/facts";
import { Time } from "@/ui/time";

export function OrderFacts({ order }: { order: OrderDetail }) {
  const { t } = useTranslation();
  const amount = (cents: number | null) => (cents === null ? null : money(cents, order.currency));
  return (
    <FactGroups>
      <FactGroup title={t("orders.order.customer")}>
        <Fact name={t("orders.order.name")}>{order.customer_name}</Fact>
        <Fact name={t("orders.order.email")}>
          {order.customer_email && <a href={`mailto:${order.customer_email}`}>{order.customer_email}</a>}
        </Fact>
        <Fact name={t("orders.order.language")}>{order.customer_locale?.toUpperCase()}</Fact>
      </FactGroup>
      <FactGroup title={t("orders.order.money")}>
        <Fact name={t("orders.order.subtotal")}>{amount(order.subtotal_cents)}</Fact>
        <Fact name={t("orders.order.shipping")}>{amount(order.shipping_amount_cents)}</Fact>
        <Fact name={t("orders.order.total")}>{amount(order.total_amount_cents)}</Fact>
      </FactGroup>
      <AddressGroup title={t("orders.order.shippingAddress")} address={order.shipping_address} />
      <AddressGroup title={t("orders.order.billingAddress")} address={order.billing_address} />
      <FactGroup title={t("orders.order.numbers")}>
        <Fact name={t("filter.store")}>
          <Link to="/stores/$id" params={{ id: order.store_id }}>
            {order.store_name}
          </Link>
        </Fact>
        <Fact name={t("orders.order.ownNumber")}>{order.order_number}</Fact>
        <Fact name={t("orders.order.externalNumber")}>{order.external_order_number}</Fact>
        <Fact name={t("orders.order.shipment")}>{order.external_shipment_id}</Fact>
        <Fact name={t("orders.order.updated")}>
          <Time iso={order.updated_at} as="day" />
        </Fact>
      </FactGroup>
    </FactGroups>
  );
}

function AddressGroup({ title, address }: { title: string; address: OrderAddress | null }) {
  const { t } = useTranslation();
  return (
    <FactGroup title={title}>
      <Fact name={t("orders.order.address")}>{address ? linesOf(t, address) : t("orders.order.noAddress")}</Fact>
      {address?.phone && <Fact name={t("orders.order.phone")}>{address.phone}</Fact>}
    </FactGroup>
  );
}

/** As on a parcel, a line each; what is not known has no line. */
function linesOf(t: TFunction, address: OrderAddress): string {
  const line = (...parts: (string | null)[]) => parts.filter(Boolean).join(" ");
  const lines = [
    line(address.first_name, address.last_name),
    line(address.organisation),
    line(address.house_number, address.street),
    line(address.postal_code, address.city),
    line(address.country_name ?? address.country_iso),
  ].filter(Boolean);
  return lines.length > 0 ? lines.join("\n") : t("orders.order.noAddress");
}
