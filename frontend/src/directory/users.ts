import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { present } from "@/api/present";
import { allPages } from "@/directory/all-pages";

const path = "/api/v1/admin/users";

/** All people by name, for pickers; only administrators may ask. */
export const allUsersQuery = queryOptions({
  queryKey: ["get", path, "all"],
  queryFn: ({ signal }) =>
    allPages(async (cursor) =>
      answered(await client.GET(path, { params: { query: present({ limit: 200, cursor }) }, signal })),
    ),
  staleTime: 60_000,
});
