import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { destinationsKey } from "@/directory/destinations";

/** Everybody who has a mail or chat address of their own, by name, and how these do; only operators may ask. */
export const reachedPeopleQuery = queryOptions({
  queryKey: [...destinationsKey, "people"],
  queryFn: async ({ signal }) =>
    answered(await client.GET("/api/v1/admin/delivery/destinations/personal", { signal })).items,
});
