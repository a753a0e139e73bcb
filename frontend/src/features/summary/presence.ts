/** When somebody was here last, and since when they have not been told what happened. Milliseconds. */
export interface Presence {
  readonly here: number;
  /** Null: nothing is to be told. `serverKnows` on a device that has never seen them. */
  readonly since: number | null;
}

export const serverKnows = 0;

const MINUTE = 60_000;
/** Whoever did nothing for so long has been away. */
const away = 30 * MINUTE;

/** How it stands once they are here now: an absence stays to be told of until it is dismissed. */
export function arrived(before: Presence | null, now: number): Presence {
  if (before === null) return { here: now, since: serverKnows };
  if (before.since !== null) return { here: now, since: before.since };
  return { here: now, since: now - before.here >= away ? before.here : null };
}

export function readPresence(stored: string | null): Presence | null {
  const [here, since] = (stored ?? "").split(",").map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : null));
  return here == null ? null : { here, since: since ?? null };
}

export function writtenPresence({ here, since }: Presence): string {
  return `${here},${since ?? ""}`;
}
