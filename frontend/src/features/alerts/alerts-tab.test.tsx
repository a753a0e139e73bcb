import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { AlertDetail } from "@/api/types";
import { FakeApi, problem } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleAlert } from "@/testing/samples";

const path = "/api/v1/admin/notifications/alerts";
const time = "2026-03-02T10:00:00Z";
let api: FakeApi;
let alerts: AlertDetail[];

beforeEach(() => {
  api = new FakeApi();
  alerts = [
    sampleAlert({ id: 3, title: "Feed is broken" }),
    sampleAlert({ id: 2, title: "Key was refused" }),
    sampleAlert({ id: 1, title: "Disk is full", is_resolved: true, resolved_at: time }),
  ];
  const find = (wanted: number | undefined) => alerts.find(({ id }) => id === wanted) ?? problem(404);
  api.on(`GET ${path}`, () => ({ items: alerts, next_cursor: null }));
  api.on(`GET ${path}/{id}`, ({ ids: [id] }) => find(id));
  api.on(`PUT ${path}/{id}/acknowledge`, ({ ids: [id] }) => {
    alerts = alerts.map((alert) => (alert.id === id ? { ...alert, acknowledged_at: time } : alert));
    return find(id);
  });
});

const row = (title: string) => screen.findByRole("article", { name: title });
const acknowledged = () => api.calls.filter((call) => call.path.endsWith("/acknowledge")).map(({ ids }) => ids[0]);

test("`e` leaves resolved alerts alone, under the cursor and in a selection, as the button does", async () => {
  const { user } = await renderApp("/notifications?tab=alerts");
  await row("Disk is full");
  await user.keyboard("jjje");
  await user.keyboard("x");
  expect(within(screen.getByRole("toolbar")).getByRole("button", { name: /Acknowledge/ })).toBeDisabled();
  await user.keyboard("e");
  await user.keyboard("kx");
  await user.keyboard("e");
  await waitFor(() => expect(screen.queryByRole("toolbar")).toBeNull());
  expect(acknowledged()).toEqual([2]);
});

test("alerts that could not be changed stay selected, and why is said", async () => {
  api.on(`PUT ${path}/2/acknowledge`, () => problem(409, { detail: "The alert is resolved already." }));
  const { user } = await renderApp("/notifications?tab=alerts");
  await row("Feed is broken");
  await user.keyboard("jxjx");
  await user.keyboard("e");
  expect(await screen.findByText("1 alert could not be changed")).toBeVisible();
  expect(screen.getByText("The alert is resolved already.")).toBeVisible();
  expect(screen.getByRole("toolbar", { name: "1 selected" })).toBeVisible();
  expect(screen.getByRole("checkbox", { name: "Select “Key was refused”" })).toBeChecked();
});

test("the drawer knows at once what was done to its alert in bulk", async () => {
  const { user, router } = await renderApp("/notifications?tab=alerts&alert=3");
  await screen.findByRole("button", { name: "Acknowledge" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.click(screen.getByRole("checkbox", { name: "Select “Feed is broken”" }));
  await user.click(within(screen.getByRole("toolbar")).getByRole("button", { name: /Acknowledge/ }));
  await waitFor(() => expect(screen.queryByRole("toolbar")).toBeNull());
  await act(() => router.navigate({ to: "/notifications", search: { tab: "alerts", alert: 3 } }));
  const drawer = within(await screen.findByRole("dialog", { name: /^Platform alert/ }));
  await drawer.findByRole("heading", { name: "Feed is broken" });
  expect(drawer.queryByRole("button", { name: "Acknowledge" })).toBeNull();
});
