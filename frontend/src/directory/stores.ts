import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { present } from "@/api/present";
import { allPages } from "@/directory/all-pages";

const path = "/api/v1/admin/stores";

/** All stores by name, for pickers and filters. */
export const allStoresQuery = queryOptions({
  queryKey: ["get", path, "all"],
  queryFn: ({ signal }) =>
    allPages(async (cursor) =>
      answered(await client.GET(path, { params: { query: present({ limit: 200, cursor }) }, signal })),
    ),
  staleTime: 5 * 60_000,
});
