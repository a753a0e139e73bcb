import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { OrderDetail } from "@/api/types";
import { endOfDay, startOfDay } from "@/display/dates";
import { orderKeys } from "@/features/orders/keys";
import type { OrdersSearch } from "@/features/orders/search";

const path = "/api/v1/admin/orders";
const fulfilment = "/api/v1/admin/letzshop/orders/{order_id}";

export const ordersQuery = (search: OrdersSearch) =>
  pagedQuery([...orderKeys.lists, search], async (cursor, signal) => {
    const query = present({
      store_id: search.store,
      status: search.status,
      channel: search.channel,
      has_exceptions: search.exceptions,
      since: search.since && startOfDay(search.since),
      until: search.until && endOfDay(search.until),
      q: search.q,
      limit: 50,
      cursor,
    });
    return answered(await client.GET(path, { params: { query }, signal }));
  });

export const orderQuery = (order_id: number) =>
  queryOptions({
    queryKey: orderKeys.order(order_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{order_id}`, { params: { path: { order_id } }, signal })),
  });

export async function confirmUnits(order_id: number, body: { available: string[]; unavailable: string[] }) {
  const params = { path: { order_id } };
  return answered(await client.POST(`${fulfilment}/confirm`, { params, body, headers: idempotent() }));
}

export async function sendTracking(order_id: number, body: { provider: string; number: string }) {
  const params = { path: { order_id } };
  return answered(await client.POST(`${fulfilment}/tracking`, { params, body, headers: idempotent() }));
}

/** The unit waits to be confirmed or declined. */
export function waits({ state }: { state: string }): boolean {
  return state === "unconfirmed";
}

export function isWaiting({ items }: OrderDetail): boolean {
  return items.some(({ units }) => units.some(waits));
}
