import { expect, test } from "vitest";
import { paceOf } from "@/features/delivery/pace";

const now = Date.parse("2026-03-02T22:00:00Z");
const at = (status: "pending" | "sending" | "held" | "dead", next_attempt_at: string | null) =>
  paceOf({ status, next_attempt_at }, now, 3_000);

test("what has finished is not asked for again, and what is sent or due at once", () => {
  expect(at("dead", null)).toBe(false);
  expect(at("sending", "2026-03-02T21:00:00Z")).toBe(3_000);
  expect(at("pending", "2026-03-02T21:59:58Z")).toBe(3_000);
});

test("what waits for its time is asked for then, and each minute at least", () => {
  expect(at("pending", "2026-03-02T22:00:20Z")).toBe(20_000);
  expect(at("pending", "2026-03-03T07:00:00Z")).toBe(60_000);
  expect(at("held", "2026-03-02T22:02:00Z")).toBe(60_000);
});

test("what is overdue is asked for less and less often", () => {
  expect(at("pending", "2026-03-02T21:59:00Z")).toBe(6_000);
  expect(at("pending", "2026-03-02T10:00:00Z")).toBe(60_000);
});
