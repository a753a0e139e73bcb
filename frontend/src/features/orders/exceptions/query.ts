import type { OrderExceptionStatus } from "@/api/types";
import type { ExceptionFilters } from "@/features/orders/search";

/** The address's filters as the API's query. */
export function queryOf({ status, type, store, order, q }: ExceptionFilters) {
  const statuses: OrderExceptionStatus[] | null = status === "all" ? null : [status ?? "pending"];
  return {
    status: statuses,
    exception_type: type ?? null,
    store_id: store ?? null,
    order_id: order ? [order] : null,
    q: q ?? null,
  };
}
export type ExceptionQuery = ReturnType<typeof queryOf>;
