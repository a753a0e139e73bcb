import type { OrderExceptionStatus, OrderExceptionType, OrderStatus } from "@/api/types";
import { readBoolean, readChoice, readChoices, readDay, readId, readIds, readText } from "@/url/read-search";

export const orderStatuses = [
  "pending",
  "processing",
  "shipped",
  "delivered",
  "cancelled",
  "refunded",
] as const satisfies readonly OrderStatus[];
export const channels = ["letzshop", "direct"] as const;
export const exceptionTypes = [
  "product_not_found",
  "gtin_mismatch",
  "duplicate_gtin",
] as const satisfies readonly OrderExceptionType[];
export const exceptionStatuses = ["pending", "resolved", "ignored"] as const satisfies readonly OrderExceptionStatus[];

export interface OrdersSearch {
  store?: number[] | undefined;
  status?: OrderStatus[] | undefined;
  channel?: (typeof channels)[number][] | undefined;
  /** With exceptions that wait, or without. */
  exceptions?: boolean | undefined;
  since?: string | undefined;
  until?: string | undefined;
  q?: string | undefined;
}

export function readOrdersSearch(raw: Record<string, unknown>): OrdersSearch {
  return {
    store: readIds(raw["store"]),
    status: readChoices(raw["status"], orderStatuses),
    channel: readChoices(raw["channel"], channels),
    exceptions: readBoolean(raw["exceptions"]),
    since: readDay(raw["since"]),
    until: readDay(raw["until"]),
    q: readText(raw["q"]),
  };
}

const orderDialogs = ["confirm", "tracking"] as const;
export type OrderDialog = (typeof orderDialogs)[number];

export interface OrderSearch {
  /** The dialog that is open over the order. */
  open?: OrderDialog | undefined;
}

export function readOrderSearch(raw: Record<string, unknown>): OrderSearch {
  return { open: readChoice(raw["open"], orderDialogs) };
}

export interface ExceptionFilters {
  /** Those that wait when it is none. */
  status?: "resolved" | "ignored" | "all" | undefined;
  type?: OrderExceptionType[] | undefined;
  store?: number[] | undefined;
  order?: number | undefined;
  q?: string | undefined;
}

export interface ExceptionsSearch extends ExceptionFilters {
  /** The one whose panel is open. */
  exception?: number | undefined;
}

export function readExceptionsSearch(raw: Record<string, unknown>): ExceptionsSearch {
  return {
    status: readChoice(raw["status"], ["resolved", "ignored", "all"]),
    type: readChoices(raw["type"], exceptionTypes),
    store: readIds(raw["store"]),
    order: readId(raw["order"]),
    q: readText(raw["q"]),
    exception: readId(raw["exception"]),
  };
}

export function isFiltered(filters: OrdersSearch | ExceptionFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}
