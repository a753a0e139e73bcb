import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";

const path = "/api/v1/admin/stores";

export const storesKey = ["get", path] as const;

export const storesQuery = (q: string | undefined, merchant: number | undefined) =>
  pagedQuery([...storesKey, "list", { q, merchant }], async (cursor, signal) => {
    const query = present({ q, merchant_id: merchant === undefined ? null : [merchant], limit: 50, cursor });
    return answered(await client.GET(path, { params: { query }, signal }));
  });
