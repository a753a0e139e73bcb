import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { present } from "@/api/present";
import type { Merchant, Page } from "@/api/types";

const path = "/api/v1/admin/merchants";

/** As many as a picker lists. */
const most = 1_000;

/** All merchants by name, for pickers. */
export const allMerchantsQuery = queryOptions({
  queryKey: ["get", path, "all"],
  queryFn: async ({ signal }) => {
    const merchants: Merchant[] = [];
    let cursor: string | null = null;
    do {
      const query = present({ limit: 200, cursor });
      const page: Page<Merchant> = answered(await client.GET(path, { params: { query }, signal }));
      merchants.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null && merchants.length < most);
    return merchants.sort((a, b) => a.name.localeCompare(b.name));
  },
  staleTime: 60_000,
});
