import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";

const path = "/api/v1/admin/api-keys";

export const apiKeysKey = ["get", path] as const;

export const apiKeysQuery = pagedQuery([...apiKeysKey, "list"], async (cursor, signal) =>
  answered(await client.GET(path, { params: { query: present({ limit: 50, cursor }) }, signal })),
);
