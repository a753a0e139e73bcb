import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";

const path = "/api/v1/admin/merchants";

export const merchantsKey = ["get", path] as const;

export const merchantsQuery = (q: string | undefined) =>
  pagedQuery([...merchantsKey, "list", { q }], async (cursor, signal) => {
    const query = present({ q, limit: 50, cursor });
    return answered(await client.GET(path, { params: { query }, signal }));
  });
