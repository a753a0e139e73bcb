import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { Escalation, EscalationStep } from "@/api/types";

const path = "/api/v1/admin/delivery/escalation";

export const escalationQuery = queryOptions({
  queryKey: ["get", path] as const, // `as const`: a key is a tuple
  queryFn: async ({ signal }) => answered(await client.GET(path, { signal })),
});

/** Refused when the policy was changed since `updated_at`. */
export async function saveEscalation(
  steps: EscalationStep[],
  { updated_at }: Pick<Escalation, "updated_at">,
): Promise<Escalation> {
  return answered(await client.PUT(path, { body: { steps, updated_at } }));
}
