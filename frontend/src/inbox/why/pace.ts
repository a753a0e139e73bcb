import type { Explained, Explanation } from "@/api/types";

const second = 1_000;
const longest = 600 * second;
/** Up to so many answers, and how long until the next is asked for. */
const steps = [
  { upTo: 6, pause: 5 * second },
  { upTo: 12, pause: 15 * second },
] as const;
const last = 60 * second;

/**
 * Milliseconds until the explanation is asked for again, after so many answers: less and less often while something is
 * due, and not before its time while all waits for later. False once nothing changes any more.
 */
export function paceOf({ is_planned, unplanned, items }: Explanation, now: number, answers: number): number | false {
  const pause = steps.find(({ upTo }) => answers <= upTo)?.pause ?? last;
  if (!is_planned) return unplanned === null ? pause : false;
  const ahead = items.flatMap((item) => timesOf(item)).map((time) => time - now);
  return ahead.length > 0 && Math.max(pause, Math.min(...ahead, longest));
}

/** When what is unfinished goes on: what is on its way, at once. */
function timesOf({ at, deliveries }: Explained): number[] {
  const held = at === null ? 0 : Date.parse(at);
  return deliveries
    .filter(({ finished_at }) => finished_at === null)
    .map(({ status, next_attempt_at }) =>
      status === "sending" || next_attempt_at === null ? 0 : Math.max(held, Date.parse(next_attempt_at)),
    );
}
