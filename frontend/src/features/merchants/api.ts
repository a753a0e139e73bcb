import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { Merchant, MerchantPatch } from "@/api/types";
import type { MerchantFilters } from "@/features/merchants/search";

const path = "/api/v1/admin/merchants";

export const merchantsKey = ["get", path] as const;
export const merchantKey = (id: number) => [...merchantsKey, "one", id] as const;

export const merchantsQuery = ({ q, active }: MerchantFilters) =>
  pagedQuery([...merchantsKey, "list", { q, active }], async (cursor, signal) => {
    const query = present({ q, is_active: active, limit: 50, cursor });
    return answered(await client.GET(path, { params: { query }, signal }));
  });

export const merchantQuery = (merchant_id: number) =>
  queryOptions({
    queryKey: merchantKey(merchant_id),
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{merchant_id}`, { params: { path: { merchant_id } }, signal })),
  });

export async function patchMerchant(merchant_id: number, body: MerchantPatch): Promise<Merchant> {
  return answered(await client.PATCH(`${path}/{merchant_id}`, { params: { path: { merchant_id } }, body }));
}
