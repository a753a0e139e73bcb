import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { present } from "@/api/present";
import { allPages } from "@/directory/all-pages";

const path = "/api/v1/admin/delivery";

/** What asks for shared destinations begins so: who changes one outdates all of it. */
export const destinationsKey = ["get", path, "destinations"] as const;

/** All shared destinations by name, for pickers and filters; only operators may ask. */
export const allDestinationsQuery = queryOptions({
  queryKey: [...destinationsKey, "all"],
  queryFn: ({ signal }) =>
    allPages(async (cursor) =>
      answered(
        await client.GET(`${path}/destinations`, { params: { query: present({ limit: 200, cursor }) }, signal }),
      ),
    ),
});
