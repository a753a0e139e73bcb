import { expect, test } from "vitest";
import { arrived, type Presence, readPresence, serverKnows, writtenPresence } from "@/features/summary/presence";

const MINUTE = 60_000;
const now = 1_790_000_000_000;

test("on a device that has never seen somebody the server says when they looked last", () => {
  expect(arrived(null, now)).toEqual({ here: now, since: serverKnows });
});

test("half an hour without a sign is an absence, and less is none", () => {
  const before = (minutes: number): Presence => ({ here: now - minutes * MINUTE, since: null });
  expect(arrived(before(29), now)).toEqual({ here: now, since: null });
  expect(arrived(before(30), now)).toEqual({ here: now, since: now - 30 * MINUTE });
});

test("an absence that was not dismissed stays, and reaches as far back as it did", () => {
  const before = { here: now - 90 * MINUTE, since: now - 500 * MINUTE };
  expect(arrived(before, now)).toEqual({ here: now, since: before.since });
  expect(arrived({ here: now - MINUTE, since: serverKnows }, now).since).toBe(serverKnows);
});

test("what is written is read again, and what is not understood is as if nothing was", () => {
  for (const since of [null, serverKnows, now - MINUTE]) {
    expect(readPresence(writtenPresence({ here: now, since }))).toEqual({ here: now, since });
  }
  for (const text of [null, "", "soon", ",5", "-3,"]) expect(readPresence(text)).toBeNull();
});
