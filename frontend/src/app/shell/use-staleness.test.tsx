import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { AlertDetail, ImportJob } from "@/api/types";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleAlert, sampleImport, sampleNotification } from "@/testing/samples";

const path = "/api/v1/admin/notifications";
let api: FakeApi;

beforeEach(() => {
  api = new FakeApi();
});

/** Says it on the stream, and waits until the page has heard. */
async function hear(name: string, id: number | null) {
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  await act(async () => {
    FakeEventSource.open[0]?.say(name, { id });
    await new Promise((resolve) => setTimeout(resolve, 450));
  });
}

test("a notification that arrives while another page is open is in the list when that opens again", async () => {
  api.notifications = [sampleNotification({ id: 1, title: "Feed is empty" })];
  const { router } = await renderApp("/notifications");
  await screen.findByRole("article", { name: "Feed is empty" });
  await act(() => router.navigate({ to: "/merchants" }));
  api.notifications = [sampleNotification({ id: 2, title: "Sync is slow" }), ...api.notifications];
  await hear("notification.created", 2);
  await act(() => router.navigate({ to: "/notifications" }));
  expect(await screen.findByRole("article", { name: "Sync is slow" })).toBeVisible();
});

test("an alert that is resolved elsewhere while its drawer is closed is not shown as open", async () => {
  let alert: AlertDetail = sampleAlert({ id: 9, title: "Feed is broken" });
  api.on(`GET ${path}/alerts/9`, () => alert);
  const { user, router } = await renderApp("/notifications?tab=alerts&alert=9");
  await screen.findByRole("button", { name: "Acknowledge" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  alert = { ...alert, is_resolved: true, resolved_at: "2026-03-02T10:00:00Z" };
  await hear("alert.changed", 9);
  await act(() => router.navigate({ to: "/notifications", search: { tab: "alerts", alert: 9 } }));
  const drawer = within(await screen.findByRole("dialog", { name: /^Platform alert/ }));
  expect(await drawer.findByRole("button", { name: "Reopen" })).toBeVisible();
});

test("an import's progress that was missed is in the list when that opens again", async () => {
  let jobs: ImportJob[] = [sampleImport({ id: 4, status: "processing", completed_at: null })];
  api.on("GET /api/v1/admin/imports", () => ({ items: jobs, next_cursor: null }));
  const { router } = await renderApp("/imports");
  await screen.findByRole("table");
  const asked = api.callsTo("GET /api/v1/admin/imports").length;
  await act(() => router.navigate({ to: "/merchants" }));
  jobs = [sampleImport({ id: 4 })];
  await hear("import.progress", 4);
  expect(api.callsTo("GET /api/v1/admin/imports")).toHaveLength(asked);
  await act(() => router.navigate({ to: "/imports" }));
  await waitFor(() => expect(api.callsTo("GET /api/v1/admin/imports")).toHaveLength(asked + 1));
});
