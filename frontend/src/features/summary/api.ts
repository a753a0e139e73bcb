import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { Summary } from "@/api/types";
import { serverKnows } from "@/features/summary/presence";
import type { Period } from "@/features/summary/search";

const path = "/api/v1/admin/delivery/summary";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const days: Record<Period, number> = { day: 1, week: 7, month: 31 };
/** The server looks back 31 days, by a clock that may be a little ahead of ours. */
const furthestBack = 31 * DAY - 5 * MINUTE;

/** Of a length up to now, or since an instant in milliseconds; the server knows when one looked last. */
export const summaryQuery = (since: Period | number) =>
  queryOptions({
    queryKey: ["get", path, since],
    queryFn: async ({ signal }) =>
      answered(await client.GET(path, { params: { query: queryOf(since, Date.now()) }, signal })),
    staleTime: MINUTE,
  });

function queryOf(since: Period | number, now: number): { since?: string } {
  if (since === serverKnows) return {};
  const start = typeof since === "number" ? since : now - days[since] * DAY;
  return { since: new Date(Math.min(now - 1_000, Math.max(start, now - furthestBack))).toISOString() };
}

/** What the server tells whoever never looked. */
export function isOfDay({ from, to }: Summary): boolean {
  return Date.parse(to) - Date.parse(from) === DAY;
}

export function isQuiet({ stores }: Summary): boolean {
  return stores.length === 0;
}
