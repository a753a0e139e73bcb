import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { present } from "@/api/present";
import type { Escalation, EscalationStep } from "@/api/types";
import { allPages } from "@/directory/all-pages";

const path = "/api/v1/admin/delivery/escalation";
const destinationsPath = "/api/v1/admin/delivery/destinations";

export const escalationKey = ["get", path] as const;

export const escalationQuery = queryOptions({
  queryKey: escalationKey,
  queryFn: async ({ signal }) => answered(await client.GET(path, { signal })),
});

/** All shared destinations by name, for the picker. */
export const destinationNamesQuery = queryOptions({
  queryKey: ["get", destinationsPath, "names"],
  queryFn: ({ signal }) =>
    allPages(async (cursor) =>
      answered(await client.GET(destinationsPath, { params: { query: present({ limit: 200, cursor }) }, signal })),
    ),
  staleTime: 60_000,
});

export async function saveEscalation(steps: EscalationStep[]): Promise<Escalation> {
  return answered(await client.PUT(path, { body: { steps } }));
}
