import { expect, test } from "vitest";
import { comingTime, exactTime } from "@/inbox/snooze/coming";
import { faultOf, presetsAt } from "@/inbox/snooze/presets";

// 23 November 2026 is a Monday; local times.
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);
const offered = (now: Date) => presetsAt(now).map(({ name, at: time }) => [name, time.getTime() - now.getTime()]);
const hours = (from: Date, to: Date) => to.getTime() - from.getTime();
const HOUR = 3_600_000;

test("in the morning there is an hour, this evening, tomorrow at eight and the next Monday", () => {
  const now = at(25, 9, 30);
  expect(offered(now)).toEqual([
    ["hour", HOUR],
    ["evening", hours(now, at(25, 18))],
    ["tomorrow", hours(now, at(26, 8))],
    ["monday", hours(now, at(30, 8))],
  ]);
});

test("the evening is not offered when it is nearly there, and before dawn there is this morning", () => {
  expect(presetsAt(at(25, 17)).map(({ name }) => name)).toEqual(["hour", "tomorrow", "monday"]);
  expect(presetsAt(at(25, 3)).map(({ name }) => name)).toEqual(["hour", "morning", "evening", "tomorrow", "monday"]);
});

test("Monday is a week ahead on a Monday, and on a Sunday it is tomorrow and said once", () => {
  expect(presetsAt(at(23, 9)).at(-1)).toEqual({ name: "monday", at: at(30, 8) });
  expect(presetsAt(at(29, 20)).map(({ name }) => name)).toEqual(["hour", "tomorrow"]);
});

test("a time of one's own is ahead, by at most 90 days", () => {
  const now = at(23, 9);
  expect(faultOf(null, now)).toBe("time");
  expect(faultOf(now, now)).toBe("past");
  expect(faultOf(new Date(now.getTime() + 1_000), now)).toBeNull();
  expect(faultOf(new Date(now.getTime() + 90 * 24 * HOUR), now)).toBeNull();
  expect(faultOf(new Date(now.getTime() + 90 * 24 * HOUR + 1), now)).toBe("long");
});

test("what lies ahead is said as short as it is clear", () => {
  const now = at(23, 9);
  const said = (date: Date) => comingTime(date.toISOString(), now);
  expect(said(at(23, 18))).toBe("18:00");
  expect(said(at(24, 0, 5))).toBe("tomorrow 00:05");
  expect(said(at(27, 8))).toBe("Fri 08:00");
  expect(said(at(30, 8))).toBe("30 Nov 08:00");
  expect(said(new Date(2027, 0, 4, 8))).toBe("4 Jan 2027 08:00");
  expect(exactTime(at(23, 18), now)).toBe("18:00");
  expect(exactTime(at(24, 8), now)).toBe("Tue 24 Nov 08:00");
});
