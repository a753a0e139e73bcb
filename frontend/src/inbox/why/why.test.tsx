import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Explanation } from "@/api/types";
import { outcomeOf } from "@/inbox/why/outcome";
import { detailArgs } from "@/testing/detail-args";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleAlert, sampleEvent, sampleNotification, samplePlatformUser, sampleUser } from "@/testing/samples";
import { sampleDelivery, sampleExplained, sampleExplanation } from "@/testing/silence-samples";

const path = "/api/v1/admin/notifications";
const ben = { id: 2, name: "Ben Weber" };
let api: FakeApi;
let answer: Explanation;

beforeEach(() => {
  api = new FakeApi();
  api.notifications = [sampleNotification({ id: 12, title: "Look at this" })];
  answer = sampleExplanation([]);
  api.on(`GET ${path}/12/explain`, () => answer);
});

async function openPanel() {
  const { user } = await renderApp("/notifications?why=12");
  const panel = within(await screen.findByRole("dialog", { name: "Who was told, and why" }));
  return { user, panel };
}

test("mine comes first, then people by name, then shared destinations, each with its one reason", async () => {
  answer = sampleExplanation([
    sampleExplained({ user: null, channel: "webhook", destination_id: 9, destination_name: "#ops", reason: "silence" }),
    sampleExplained({
      user: ben,
      decision: "skip",
      detail: "By chat, everything is never wanted.",
      detail_code: "never_wanted",
      detail_args: detailArgs({ channel: "chat" }),
      channel: "chat",
    }),
    sampleExplained({ deliveries: [sampleDelivery({ id: 31 })] }),
  ]);
  const { panel } = await openPanel();
  expect(await panel.findByText("Look at this")).toBeVisible();
  expect(panel.getByText("You")).toBeVisible();
  const [mine, others, shared] = panel.getAllByText(/^(Ada Moreau|Ben Weber|#ops)$/).map((name) => name.textContent);
  expect([mine, others, shared]).toEqual([expect.stringContaining("Ada Moreau"), "Ben Weber", "#ops"]);
  expect(panel.getByText("Not sent")).toBeVisible();
  expect(panel.getByText("By chat, all messages are never wanted.")).toBeVisible();
});

test("every attempt says when, how it ended and why, and leads to its delivery", async () => {
  const attempt = { duration_ms: 20, excerpt: null, finished_at: null, started_at: "2026-03-02T09:30:00Z" };
  const attempts = [
    { ...attempt, number: 1, outcome: "failed" as const, status_code: 502, error: "Bad gateway" }, // `as`: the literals
    { ...attempt, number: 2, outcome: "sent" as const, status_code: null, error: null },
  ];
  answer = sampleExplanation([sampleExplained({ deliveries: [sampleDelivery({ id: 31, attempts })] })]);
  const { panel } = await openPanel();
  const list = within(await panel.findByRole("list", { name: "Attempts: E-mail" }));
  expect(list.getByText("Failed, status 502")).toBeVisible();
  expect(list.getByText("Bad gateway")).toBeVisible();
  expect(panel.getByRole("link", { name: "Delivery #31" })).toHaveAttribute("href", "/delivery/deliveries?delivery=31");
});

test("until it is planned it says so", async () => {
  answer = sampleExplanation([], { is_planned: false, message: null });
  const { panel } = await openPanel();
  expect(await panel.findByText("Not planned yet")).toBeVisible();
});

test("what is never planned says why", async () => {
  const unplanned = { detail: "It was over.", detail_code: "over_before_told" as const, detail_args: detailArgs() };
  answer = sampleExplanation([], { is_planned: false, message: null, unplanned });
  const { panel } = await openPanel();
  expect(await panel.findByText("It was over before anybody was to be told.")).toBeVisible();
});

test("what the first releases decided is said as the server said it, marked as English", async () => {
  answer = sampleExplanation([
    sampleExplained({ detail: "It bounced.", detail_code: null, detail_args: detailArgs() }),
  ]);
  const { panel } = await openPanel();
  expect(await panel.findByText("It bounced.")).toHaveAttribute("lang", "en");
});

test("more than ten are searched by name", async () => {
  const people = Array.from({ length: 12 }, (_, at) => ({ id: 20 + at, name: `Person ${at}` }));
  answer = sampleExplanation(people.map((user) => sampleExplained({ user, decision: "skip" })));
  const { user, panel } = await openPanel();
  await user.type(await panel.findByRole("searchbox", { name: "Find a person or a destination" }), "person 11");
  expect(panel.getByText("Person 11")).toBeVisible();
  expect(panel.queryByText("Person 3")).toBeNull();
  expect(panel.getByText("1 of 12")).toBeVisible();
});

test("what is gone says so, and what fails can be tried again", async () => {
  api.on(`GET ${path}/12/explain`, () => problem(404));
  const { panel } = await openPanel();
  expect(await panel.findByText("This is gone")).toBeVisible();
});

test("a row's menu opens it over the list, also for whoever only reads, and Escape closes it", async () => {
  api.user = sampleUser("viewer");
  const { user } = await renderApp("/notifications");
  await user.hover(await screen.findByRole("article", { name: "Look at this" }));
  await user.click(await screen.findByRole("button", { name: "More actions: Look at this" }));
  await user.click(screen.getByRole("menuitem", { name: "Who was told, and why?" }));
  expect(await screen.findByText("You have no channel that could have told you of this.")).toBeVisible();
  expect(addressQuery()).toEqual({ why: ["12"] });
  await user.keyboard("{Escape}");
  expect(addressQuery()).toEqual({});
});

test("an alert's drawer asks only when it is opened, and its timeline names whom it was passed on to", async () => {
  const timeline = [
    sampleEvent({ id: 1, kind: "passed_on", detail: { step: 2, user_ids: [2] } }),
    sampleEvent({ id: 2, kind: "passed_on", detail: { step: 4, user_ids: [2], unreached: [3] } }),
    sampleEvent({ id: 3, kind: "passed_on", detail: { step: null, user_ids: [], unreached: [5, 6] } }),
  ];
  api.on(`GET ${path}/alerts/9`, () => sampleAlert({ id: 9, timeline }));
  api.on(`GET ${path}/alerts/9/explain`, () => sampleExplanation([sampleExplained({ reason: "escalation" })]));
  api.on("GET /api/v1/admin/users", () => ({ items: [samplePlatformUser(ben)], next_cursor: null }));
  const { user } = await renderApp("/notifications?tab=alerts&alert=9");
  const toggle = await screen.findByRole("button", { name: "Who was told, and why?" });
  expect(await screen.findByText("Passed on in step 2: Ben Weber")).toBeVisible();
  expect(screen.getByText("Passed on in step 4: Ben Weber; nobody of step 3 can be reached")).toBeVisible();
  expect(screen.getByText("Nobody of step 5, 6 can be reached")).toBeVisible();
  expect(api.callsTo(`GET ${path}/alerts/9/explain`)).toHaveLength(0);
  await user.click(toggle);
  expect(await screen.findByText("By e-mail, all messages are wanted from low on.")).toBeVisible();
  expect(toggle).toHaveAttribute("aria-expanded", "true");
});

test.each([
  ["skip", "preference", [], "not_sent"],
  ["skip", "thread", ["dead", "sent"], "not_sent"],
  ["skip", "channel", ["sent", "dead"], "failed"],
  ["send", "preference", [], "under_way"],
  ["send", "preference", ["pending"], "under_way"],
  ["send", "preference", ["held"], "later"],
  ["send", "throttle", ["folded", "sent"], "sent"],
  ["send", "preference", ["sent", "dead"], "failed"],
  ["send", "preference", ["dead", "sent"], "sent"],
  ["hold", "quiet_hours", ["pending"], "later"],
  ["hold", "quiet_hours", ["sent"], "sent"],
] as const)("what was decided as %s for %s with deliveries %j is %s", (decision, reason, statuses, outcome) => {
  const deliveries = statuses.map((status, at) => sampleDelivery({ id: at + 1, status }));
  expect(outcomeOf({ decision, reason, deliveries: deliveries.toReversed() })).toBe(outcome);
});

test.each([
  ["digest", [], "digest"],
  ["digest", ["pending"], "digest"],
  ["digest", ["sent"], "digest_sent"],
  ["channel", ["dead"], "digest_failed"],
  ["channel", [], "digest_failed"],
] as const)("what was left to the digest for %s, with digests %j, is %s", (reason, statuses, outcome) => {
  const deliveries = statuses.map((status, at) => sampleDelivery({ id: at + 1, status, kind: "digest" }));
  expect(outcomeOf({ decision: "digest", reason, deliveries })).toBe(outcome);
});

test("an earlier failure stays in sight beside what was sent since", async () => {
  const deliveries = [sampleDelivery({ id: 1, status: "dead" }), sampleDelivery({ id: 2, status: "sent" })];
  answer = sampleExplanation([sampleExplained({ deliveries })]);
  const { panel } = await openPanel();
  expect(await panel.findByText("Sent")).toBeVisible();
  expect(panel.getByText("An earlier message was not delivered")).toBeVisible();
});
