import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { OrderException, Page } from "@/api/types";
import { unlessGone } from "@/api/unless-gone";
import { exceptionKeys } from "@/features/orders/exceptions/keys";
import type { ExceptionQuery } from "@/features/orders/exceptions/query";

const path = "/api/v1/admin/order-exceptions";
const pageSize = 50;

export async function fetchExceptions(
  query: ExceptionQuery,
  cursor: string | null,
  signal: AbortSignal | null,
): Promise<Page<OrderException>> {
  return answered(
    await client.GET(path, { params: { query: present({ ...query, limit: pageSize, cursor }) }, signal }),
  );
}

export const exceptionsQuery = (query: ExceptionQuery) => ({
  ...pagedQuery(exceptionKeys.list(query), async (cursor, signal, queryClient) => {
    const page = await fetchExceptions(query, cursor, signal);
    // A head that was asked before would count rows as new that are listed, or are gone.
    if (cursor === null) queryClient.setQueryData(exceptionKeys.head(query), page);
    return page;
  }),
  refetchOnReconnect: false,
});

export async function fetchException(exception_id: number): Promise<OrderException | null> {
  const answer = await unlessGone(client.GET(`${path}/{exception_id}`, { params: { path: { exception_id } } }));
  return answer && answered(answer);
}

export const exceptionQuery = (exception_id: number) =>
  queryOptions({
    queryKey: exceptionKeys.detail(exception_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{exception_id}`, { params: { path: { exception_id } }, signal })),
  });

export const suggestionsQuery = (exception_id: number) =>
  queryOptions({
    queryKey: exceptionKeys.suggestions(exception_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{exception_id}/suggestions`, { params: { path: { exception_id } }, signal }))
        .items,
  });

/** Enough to count with; what is beyond is said as "100+". */
export const counted = 100;

/** The store's open exceptions with this one's GTIN, itself among them. */
export const sameGtinQuery = ({ id, store_id, comparable_gtin }: OrderException) =>
  queryOptions({
    queryKey: exceptionKeys.sameGtin(id),
    queryFn: async ({ signal }) => {
      const gtin = comparable_gtin ?? "";
      const query = { status: ["pending" as const], store_id: [store_id], gtin, limit: counted }; // `as`: the literal
      const { items, next_cursor } = answered(await client.GET(path, { params: { query }, signal }));
      return { count: items.length, hasMore: next_cursor !== null };
    },
    enabled: comparable_gtin !== null,
  });

export const productsQuery = (store_id: number, q: string) =>
  queryOptions({
    queryKey: ["get", "/api/v1/admin/products", store_id, q],
    queryFn: async ({ signal }) => {
      const query = { store_id: [store_id], q, limit: 20 };
      return answered(await client.GET("/api/v1/admin/products", { params: { query }, signal })).items;
    },
    enabled: q !== "",
  });

export async function resolveException(exception_id: number, product_id: number): Promise<OrderException> {
  const params = { path: { exception_id } };
  return answered(
    await client.POST(`${path}/{exception_id}/resolve`, { params, body: { product_id }, headers: idempotent() }),
  );
}

export async function ignoreException(exception_id: number, notes: string): Promise<OrderException> {
  const params = { path: { exception_id } };
  return answered(
    await client.POST(`${path}/{exception_id}/ignore`, { params, body: { notes }, headers: idempotent() }),
  );
}

export async function resolveAll(gtin: string, product_id: number) {
  return answered(await client.POST(`${path}/bulk-resolve`, { body: { gtin, product_id }, headers: idempotent() }));
}
