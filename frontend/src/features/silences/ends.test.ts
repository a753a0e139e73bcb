import { describe, expect, test } from "vitest";
import { endOf, faultOf, fieldTime, type Period } from "@/features/silences/ends";

const now = new Date(2026, 2, 2, 14, 30);
const period = (part: Partial<Period> = {}): Period => ({
  starts: "now",
  starts_at: "",
  ends: "hour",
  ends_at: "",
  ...part,
});
const at = (hours: number) => fieldTime(new Date(now.getTime() + hours * 3_600_000));

describe("the end", () => {
  test("is so many hours after the beginning, also of one that begins later", () => {
    expect(endOf(period(), now)).toEqual(new Date(2026, 2, 2, 15, 30));
    expect(endOf(period({ ends: "fourHours" }), now)).toEqual(new Date(2026, 2, 2, 18, 30));
    expect(endOf(period({ starts: "later", starts_at: at(2) }), now)).toEqual(new Date(2026, 2, 2, 17, 30));
  });

  test("of tomorrow is eight o'clock by this clock, also over the end of a month", () => {
    expect(endOf(period({ ends: "morning" }), now)).toEqual(new Date(2026, 2, 3, 8));
    expect(endOf(period({ ends: "morning" }), new Date(2026, 2, 31, 23, 59))).toEqual(new Date(2026, 3, 1, 8));
  });

  test("is what was typed, or nothing when that is no time", () => {
    expect(endOf(period({ ends: "custom", ends_at: "2026-03-05T07:15" }), now)).toEqual(new Date(2026, 2, 5, 7, 15));
    expect(endOf(period({ ends: "custom", ends_at: "" }), now)).toBeNull();
  });
});

describe("what is wrong", () => {
  test.each([
    ["nothing, with a preset", period(), null],
    ["no time where one begins later", period({ starts: "later" }), "starts_at time"],
    ["no time where one is asked", period({ ends: "custom" }), "ends_at time"],
    ["an end that is over", period({ ends: "custom", ends_at: at(-1) }), "ends_at past"],
    [
      "an end at the beginning",
      period({ starts: "later", starts_at: at(2), ends: "custom", ends_at: at(2) }),
      "ends_at order",
    ],
    ["more than 90 days", period({ ends: "custom", ends_at: at(91 * 24) }), "ends_at long"],
  ])("is %s", (_name, given, wrong) => {
    const fault = faultOf(given, now);
    expect(fault && `${fault.field} ${fault.error}`).toBe(wrong);
  });
});
