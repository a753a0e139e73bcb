import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { BulkAction } from "@/api/types";

/** The API's most for one call. */
const atOnce = 1_000;

/** Answers the ids that no longer exist. */
export async function changeInBulk(ids: readonly number[], action: BulkAction): Promise<number[]> {
  const gone: number[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const body = { ids: ids.slice(from, from + atOnce), action };
    const { failed } = answered(await client.POST("/api/v1/admin/notifications/bulk", { body }));
    gone.push(...failed.map(({ id }) => id));
  }
  return gone;
}
