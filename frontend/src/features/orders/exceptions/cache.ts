import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { OrderException, Page } from "@/api/types";
import { exceptionKeys } from "@/features/orders/exceptions/keys";
import type { ExceptionQuery } from "@/features/orders/exceptions/query";
import { orderKeys } from "@/features/orders/keys";

type Pages = InfiniteData<Page<OrderException>>;

const listsOf = (queryClient: QueryClient) => queryClient.getQueriesData<Pages>({ queryKey: exceptionKeys.lists });

/** As some list shows it: the panel need not wait for the server to say the same. */
export function listedException(queryClient: QueryClient, id: number): OrderException | undefined {
  for (const [, data] of listsOf(queryClient)) {
    const found = data?.pages.flatMap(({ items }) => items).find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Every listed exception of this one's store and GTIN that waits: what "all with this GTIN" settles here. */
export function listedAlike(queryClient: QueryClient, exception: OrderException): number[] {
  const alike = listsOf(queryClient)
    .flatMap(([, data]) => data?.pages.flatMap(({ items }) => items) ?? [])
    .filter((item) => item.status === "pending" && item.store_id === exception.store_id)
    .filter((item) => item.comparable_gtin === exception.comparable_gtin);
  return [...new Set([exception.id, ...alike.map(({ id }) => id)])];
}

/** Takes what is settled out of the lists of what waits, at once; all else is asked anew. */
export function takeOut(queryClient: QueryClient, ids: readonly number[]): void {
  for (const [key, data] of listsOf(queryClient)) {
    const { status } = key.at(-1) as ExceptionQuery; // `as`: what `exceptionKeys.list` put there
    if (!data || status?.length !== 1 || status[0] !== "pending") continue;
    const pages = data.pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => !ids.includes(id)) }));
    queryClient.setQueryData<Pages>(key, { ...data, pages });
  }
  void queryClient.invalidateQueries({ queryKey: exceptionKeys.stats });
  void queryClient.invalidateQueries({ queryKey: orderKeys.all, refetchType: "none" });
  for (const id of ids) void queryClient.invalidateQueries({ queryKey: exceptionKeys.detail(id), refetchType: "none" });
}
