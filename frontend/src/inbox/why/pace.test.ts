import { expect, test } from "vitest";
import { paceOf } from "@/inbox/why/pace";
import { detailArgs } from "@/testing/detail-args";
import { sampleDelivery, sampleExplained, sampleExplanation } from "@/testing/silence-samples";

const now = Date.parse("2026-03-02T10:00:00Z");
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const unfinished = (part: Partial<ReturnType<typeof sampleDelivery>>, at: string | null = null) =>
  sampleExplanation([
    sampleExplained({ deliveries: [sampleDelivery({ id: 1 })] }),
    sampleExplained({ at, deliveries: [sampleDelivery({ id: 2, status: "pending", finished_at: null, ...part })] }),
  ]);

test("what has finished is not asked for again", () => {
  expect(paceOf(sampleExplanation([sampleExplained({ deliveries: [sampleDelivery({ id: 1 })] })]), now, 1)).toBe(false);
});

test("what is due is asked for less and less often", () => {
  const due = unfinished({ next_attempt_at: inMinutes(-1) });
  expect([1, 6, 7, 12, 13, 500].map((answers) => paceOf(due, now, answers))).toEqual([
    5_000, 5_000, 15_000, 15_000, 60_000, 60_000,
  ]);
});

test.each([
  [unfinished({ next_attempt_at: inMinutes(3) }), 180_000],
  [unfinished({ next_attempt_at: inMinutes(540) }), 600_000],
  [unfinished({ next_attempt_at: inMinutes(-1) }, inMinutes(4)), 240_000],
  [unfinished({ status: "sending", next_attempt_at: inMinutes(3) }), 5_000],
])("what waits for its time is asked for then, at the latest after ten minutes", (answer, pause) => {
  expect(paceOf(answer, now, 1)).toBe(pause);
});

test("what is not planned is asked for again, unless it never will be", () => {
  const unplanned = { detail: "It was over.", detail_code: "over_before_told" as const, detail_args: detailArgs() };
  expect(paceOf(sampleExplanation([], { is_planned: false }), now, 1)).toBe(5_000);
  expect(paceOf(sampleExplanation([], { is_planned: false, unplanned }), now, 1)).toBe(false);
});
