import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { present } from "@/api/present";
import type { Store } from "@/api/types";

const path = "/api/v1/admin/stores";

/** As many as a picker or a filter lists; beyond that a search is the better way. */
const most = 1_000;

/** All stores by name, for pickers and filters. */
export const allStoresQuery = queryOptions({
  queryKey: ["get", path, "all"],
  queryFn: async ({ signal }) => {
    const stores: Store[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: Store[]; next_cursor: string | null } = answered(
        await client.GET(path, { params: { query: present({ limit: 200, cursor }) }, signal }),
      );
      stores.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null && stores.length < most);
    return stores.sort((a, b) => a.name.localeCompare(b.name));
  },
  staleTime: 5 * 60_000,
});
