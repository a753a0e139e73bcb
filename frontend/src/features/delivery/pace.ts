import type { Delivery } from "@/api/types";
import { isUnfinished } from "@/features/delivery/standing";

const longest = 60_000;

/**
 * Milliseconds until a delivery is asked for again, false once it has finished: at `soonest` while it is sent or due,
 * at its time when that is ahead, and less and less often when it is overdue, as behind a destination that is down.
 */
export function paceOf(
  { status, next_attempt_at }: Pick<Delivery, "status" | "next_attempt_at">,
  now: number,
  soonest: number,
): number | false {
  if (!isUnfinished(status)) return false;
  if (status === "sending" || next_attempt_at === null) return soonest;
  const ahead = Date.parse(next_attempt_at) - now;
  return Math.min(Math.max(ahead > 0 ? ahead : -ahead / 10, soonest), longest);
}
