import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { Store, StorePatch } from "@/api/types";
import type { StoreFilters } from "@/features/stores/search";

const path = "/api/v1/admin/stores";

export const storesKey = ["get", path] as const;
export const storeKey = (id: number) => [...storesKey, "one", id] as const;

export const storesQuery = ({ q, merchant, active }: StoreFilters) =>
  pagedQuery([...storesKey, "list", { q, merchant, active }], async (cursor, signal) => {
    const merchant_id = merchant === undefined ? null : [merchant];
    const query = present({ q, merchant_id, is_active: active, limit: 50, cursor });
    return answered(await client.GET(path, { params: { query }, signal }));
  });

export const storeQuery = (store_id: number) =>
  queryOptions({
    queryKey: storeKey(store_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{store_id}`, { params: { path: { store_id } }, signal })),
  });

export async function patchStore(store_id: number, body: StorePatch): Promise<Store> {
  return answered(await client.PATCH(`${path}/{store_id}`, { params: { path: { store_id } }, body }));
}
