import type { TFunction } from "i18next";
import type { Order, OrderException, Product } from "@/api/types";
import { humanised } from "@/display/names";
import { money } from "@/features/orders/money";
import { channels } from "@/features/orders/search";
import { stageOf } from "@/features/orders/stage";

const unitStates = ["unconfirmed", "confirmed", "declined"] as const;
const availabilities = ["in_stock", "out_of_stock", "preorder", "backorder"] as const;

/** The marketplace's number, which the customer knows; ours where it sent none. */
export function orderNumber(order: Pick<Order, "external_order_number" | "order_number">): string {
  return order.external_order_number || order.order_number;
}

export function channelName(t: TFunction, channel: string): string {
  const known = channels.find((each) => each === channel);
  return known ? t(`orders.channel.${known}`) : humanised(channel);
}

/** Letzshop's own word where it is one that we do not know. */
export function unitStateName(t: TFunction, state: string): string {
  const known = unitStates.find((each) => each === state);
  return known ? t(`orders.order.unit.${known}`) : state;
}

export function productName(t: TFunction, product: Pick<Product, "id" | "title">): string {
  return product.title ?? t("orders.exceptions.panel.untitled", { id: product.id });
}

/** "Order R1 waits": as long as neither it nor the item is dealt with. */
export function orderWords(t: TFunction, exception: OrderException): string {
  const number = orderNumber(exception);
  const waits = exception.status === "pending" && stageOf(exception.order_status) === "waits";
  return waits ? t("orders.exceptions.orderWaits", { number }) : t("orders.exceptions.order", { number });
}

/** As the feed says it where it is none that we know. */
export function availabilityName(t: TFunction, availability: string): string {
  const known = availabilities.find((each) => each === availability);
  return known ? t(`orders.exceptions.panel.availability.${known}`) : humanised(availability);
}

/** "SKU P-31 · GTIN 4006381333931 · €12.45": tells apart products of one name. */
export function productDetails({ marketplace_product_id, gtin, price_cents, currency }: Product): string {
  return [`SKU ${marketplace_product_id}`, gtin && `GTIN ${gtin}`, money(price_cents, currency)]
    .filter(Boolean)
    .join(" · ");
}

/** What the item says of itself, in one line. */
export function numbersOf({ original_gtin, original_sku }: OrderException): string {
  return [original_gtin && `GTIN ${original_gtin}`, original_sku && `SKU ${original_sku}`].filter(Boolean).join(" · ");
}
