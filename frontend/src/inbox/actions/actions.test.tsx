import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { ActionRun } from "@/api/types";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleActionRun, sampleAlert, sampleEvent, sampleNotification, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/notifications";
const target = { store_id: 7 };
const failedSync = sampleNotification({
  id: 4,
  title: "Sync has failed",
  type: "order_sync_failure",
  priority: "high",
  action_url: "/letzshop/runs/3",
  actions: [
    { kind: "sync_now", target },
    { kind: "test_credentials", target },
  ],
});
let api: FakeApi;
let runs: ActionRun[];

beforeEach(() => {
  api = new FakeApi();
  api.notifications = [failedSync];
  runs = [];
  api.on(`GET ${path}/{id}/actions`, () => ({ items: runs, next_cursor: null }));
  for (const kind of ["sync_now", "test_credentials"] as const) {
    api.on(`POST ${path}/{id}/actions/${kind}`, ({ ids: [notification_id = 0] }) => {
      runs = [sampleActionRun({ id: 1, notification_id, kind })];
      return Response.json(runs[0], { status: 202 });
    });
  }
});

/** The server's part: what was started has got so far, and the stream says so. */
async function become(part: Partial<ActionRun>) {
  runs = runs.map((run) => ({ ...run, ...part }));
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  act(() => FakeEventSource.open[0]?.say("action.changed", { id: runs[0]?.notification_id ?? null }));
}

async function openBell() {
  const { user } = await renderApp("/merchants");
  await user.click(await screen.findByRole("button", { name: /^Notifications, 1 unread/ }));
  return { user, bell: within(await screen.findByRole("dialog", { name: "Notifications" })) };
}

describe("in the bell", () => {
  test("an action runs where it is read, busy until what it started has ended, and its result is said", async () => {
    const { user, bell } = await openBell();
    const button = await bell.findByRole("button", { name: "Sync now: Sync has failed" });
    await user.click(button);
    expect(await bell.findByText("Sync now: Waiting to start.")).toBeVisible();
    expect(button).toHaveAttribute("aria-busy", "true");
    await become({ status: "running", letzshop_run_id: 12, result: "Sync 12 was started." });
    expect(await bell.findByText("Sync now: Under way.")).toBeVisible();
    expect(bell.getByRole("link", { name: "Show run" })).toHaveAttribute("href", "/letzshop/runs/12");
    await become({ status: "failed", result: "Sync 12 failed: Letzshop refuses the API key (401)." });
    expect(await bell.findByText("Sync now: Not done.")).toBeVisible();
    expect(await screen.findAllByText(/Letzshop refuses the API key/)).toHaveLength(2);
    expect(button).not.toHaveAttribute("aria-busy");
    expect(api.callsTo(`POST ${path}/4/actions/sync_now`)).toHaveLength(1);
  });

  test("the result is said also to who has closed it meanwhile", async () => {
    const { user, bell } = await openBell();
    await user.click(await bell.findByRole("button", { name: "Test credentials: Sync has failed" }));
    await bell.findByText("Test credentials: Waiting to start.");
    await user.keyboard("{Escape}");
    await become({ status: "done", result: "Letzshop accepts the API key." });
    expect(await screen.findByText("Letzshop accepts the API key.")).toBeVisible();
  });

  test("what cannot be started is said with its reason, and can be tried again", async () => {
    api.on(`POST ${path}/{id}/actions/sync_now`, () => problem(409, { detail: "Notification 4 does not offer it." }));
    const { user, bell } = await openBell();
    const button = await bell.findByRole("button", { name: "Sync now: Sync has failed" });
    await user.click(button);
    expect(await screen.findByText("Notification 4 does not offer it.")).toBeVisible();
    await waitFor(() => expect(button).not.toHaveAttribute("aria-busy"));
  });

  test("who only reads is offered the ways to pages alone", async () => {
    api.user = sampleUser("viewer");
    const target = { order_id: 5 };
    api.notifications = [{ ...failedSync, actions: [...failedSync.actions, { kind: "open_exceptions", target }] }];
    const { bell } = await openBell();
    const way = await bell.findByRole("link", { name: "Match products: Sync has failed" });
    expect(way).toHaveAttribute("href", "/order-exceptions?order=5");
    expect(bell.queryByRole("button", { name: /^Sync now/ })).toBeNull();
  });
});

describe("in a row of the list", () => {
  test("a failed sync shows its remedy in place of the way to its page, and the menu has all of them", async () => {
    const { user } = await renderApp("/notifications");
    const row = within(await screen.findByRole("article", { name: "Sync has failed" }));
    await user.click(await row.findByRole("button", { name: "Sync now: Sync has failed" }));
    expect(await row.findByText("Sync now: Waiting to start.")).toBeVisible();
    expect(row.getByRole("link", { name: "Sync has failed" })).toHaveAttribute("href", "/letzshop/runs/3");
    await user.click(await row.findByRole("button", { name: "More actions: Sync has failed" }));
    await user.click(await screen.findByRole("menuitem", { name: "Test credentials" }));
    await waitFor(() => expect(api.callsTo(`POST ${path}/4/actions/test_credentials`)).toHaveLength(1));
  });
});

describe("in an alert's drawer", () => {
  beforeEach(() => {
    const linked = { notification_id: 4, store_id: 7, target };
    const store = { store_id: 7, store_name: "Book Store", count: 1, first_at: "", last_at: "", healed_at: null };
    const alert = sampleAlert({
      id: 9,
      title: "Letzshop does not answer",
      actions: [{ ...linked, kind: "sync_now" }],
      stores: [store, { ...store, store_id: 8, store_name: "Toy Store" }].map((each) => ({
        ...each,
        first_at: "2026-03-02T09:30:00Z",
        last_at: "2026-03-02T09:30:00Z",
      })),
      timeline: [
        sampleEvent({ id: 1, kind: "action_started", detail: { action: "sync_now" } }),
        sampleEvent({ id: 2, kind: "action_failed", detail: { action: "sync_now", text: "Sync 12 failed: 502." } }),
        sampleEvent({
          id: 3,
          kind: "action_done",
          detail: { action: "retry_import", text: "Import 9 was completed." },
        }),
      ],
    });
    api.on(`GET ${path}/alerts/9`, () => alert);
  });

  test("its notifications' actions name their store, and show what colleagues have tried", async () => {
    runs = [sampleActionRun({ id: 1, status: "running", result: "Sync 12 was started.", letzshop_run_id: 12 })];
    await renderApp("/notifications?tab=alerts&alert=9");
    const drawer = within(await screen.findByRole("dialog", { name: /^Platform alert/ }));
    const button = await drawer.findByRole("button", { name: "Sync now: Letzshop does not answer" });
    expect(button).toHaveTextContent("Sync now: Book Store");
    expect(await drawer.findByText("Sync now: Under way.")).toBeVisible();
    expect(button).toHaveAttribute("aria-busy", "true");
  });

  test("the timeline tells what was asked for and how it ended", async () => {
    await renderApp("/notifications?tab=alerts&alert=9");
    const timeline = within(await screen.findByRole("list", { name: "Timeline" }));
    expect(timeline.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("Retry import: done Import 9 was completed."),
      expect.stringContaining("Sync now: not done Sync 12 failed: 502."),
      expect.stringContaining("Sync now asked for"),
    ]);
  });
});
