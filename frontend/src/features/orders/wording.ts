import type { TFunction } from "i18next";
import type { Order, OrderException, Product } from "@/api/types";
import { humanised } from "@/display/names";
import { channels } from "@/features/orders/search";

const unitStates = ["unconfirmed", "confirmed", "declined"] as const;

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

/** What the item says of itself, in one line. */
export function numbersOf({ original_gtin, original_sku }: OrderException): string {
  return [original_gtin && `GTIN ${original_gtin}`, original_sku && `SKU ${original_sku}`].filter(Boolean).join(" · ");
}

/** "Confirm 2, decline 1" */
export function confirmWords(t: TFunction, counts: { n: number; m: number }): string {
  if (counts.m === 0) return t("orders.confirm.submit", counts);
  return counts.n === 0 ? t("orders.confirm.submitNone", counts) : t("orders.confirm.submitBoth", counts);
}
