import { expect, test } from "vitest";
import { quietNow } from "@/features/preferences/quiet-now";

const nights = { is_on: true, start: "22:00", end: "07:00", weekdays: [1, 2, 3, 4, 5, 6, 7], critical_ignores: true };
const monday = (time: string) => ({ time, weekday: 1 });

test("a night that began yesterday is quiet until its end, and not at the end itself", () => {
  expect(quietNow(nights, monday("06:59"))).toEqual({ kind: "quiet", until: "07:00" });
  expect(quietNow(nights, monday("07:00"))).toEqual({ kind: "waiting", from: "22:00", weekday: 1, isToday: true });
  expect(quietNow(nights, monday("22:00"))).toEqual({ kind: "quiet", until: "07:00" });
});

test("only the nights of the chosen weekdays are quiet, counted from where they begin", () => {
  const sundays = { ...nights, weekdays: [7] };
  expect(quietNow(sundays, monday("06:00"))).toEqual({ kind: "quiet", until: "07:00" });
  expect(quietNow(sundays, monday("23:00"))).toEqual({ kind: "waiting", from: "22:00", weekday: 7, isToday: false });
});

test("hours within a day do not reach into the next", () => {
  const lunch = { ...nights, start: "12:00", end: "13:00", weekdays: [1] };
  expect(quietNow(lunch, monday("12:30"))).toEqual({ kind: "quiet", until: "13:00" });
  expect(quietNow(lunch, { time: "12:30", weekday: 2 }).kind).toBe("waiting");
  expect(quietNow(lunch, monday("13:00"))).toEqual({ kind: "waiting", from: "12:00", weekday: 1, isToday: false });
});

test("the same time twice is a whole day; on each weekday it never ends", () => {
  const days = { ...nights, start: "08:00", end: "08:00" };
  expect(quietNow(days, monday("03:00"))).toEqual({ kind: "always" });
  expect(quietNow({ ...days, weekdays: [1] }, { time: "03:00", weekday: 2 })).toEqual({
    kind: "quiet",
    until: "08:00",
  });
});

test("switched off or without a day it is never quiet", () => {
  expect(quietNow({ ...nights, is_on: false }, monday("23:00"))).toEqual({ kind: "off" });
  expect(quietNow({ ...nights, weekdays: [] }, monday("23:00"))).toEqual({ kind: "noDay" });
});
