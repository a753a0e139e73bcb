import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { AlertDetail } from "@/api/types";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleAlert, sampleEvent, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/notifications/alerts";
const ada = { id: 1, name: "Ada Moreau" };
let api: FakeApi;
let alerts: AlertDetail[];

beforeEach(() => {
  api = new FakeApi();
  alerts = [
    sampleAlert({ id: 3, title: "Feed is broken", affected_stores: [7, 9], open_stores: [9] }),
    sampleAlert({ id: 2, title: "Disk is full" }),
    sampleAlert({ id: 1, title: "Key was refused", is_resolved: true, affected_stores: [7] }),
  ];
  api.on(`GET ${path}`, () => ({ items: alerts, next_cursor: null }));
  api.on(`GET ${path}/{id}`, ({ ids: [id] }) => alerts.find((alert) => alert.id === id) ?? problem(404));
  api.on(`PUT ${path}/{id}/snooze`, ({ ids: [id], body }) => {
    const { until } = body as { until: string | null }; // `as`: what the page sends
    return change(id, { snoozed_until: until, snoozed_by: until ? ada : null });
  });
});

function change(id: number | undefined, part: Partial<AlertDetail>) {
  alerts = alerts.map((alert) => (alert.id === id ? { ...alert, ...part } : alert));
  return alerts.find((alert) => alert.id === id) ?? problem(404);
}

const soon = () => new Date(Date.now() + 2 * 3_600_000).toISOString();
const row = (title: string) => screen.findByRole("article", { name: title });
const sent = () => api.calls.filter((call) => call.path.endsWith("/snooze")).map(({ ids, body }) => [ids[0], body]);
const drawerOf = async () => within(await screen.findByRole("dialog", { name: /^Platform alert/ }));
type User = Awaited<ReturnType<typeof renderApp>>["user"];

async function menuOf(user: User, title: string) {
  await user.hover(await row(title));
  const name = `More actions: ${title}`;
  await user.click(within(await row(title)).getByRole("button", { name }));
  return within(await screen.findByRole("menu", { name }));
}

test("s and a number put an alert off: its row says so and no longer urges, and Undo takes it back", async () => {
  const { user } = await renderApp("/notifications?tab=alerts");
  expect(await row("Feed is broken")).toHaveAttribute("data-urgent");
  await user.keyboard("js");
  await screen.findByRole("dialog", { name: "Snooze until" });
  await user.keyboard("1");
  expect(await within(await row("Feed is broken")).findByText(/^Snoozed until/)).toBeVisible();
  expect(await row("Feed is broken")).not.toHaveAttribute("data-urgent");
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent().at(-1)).toEqual([3, { until: null }]));
  await waitFor(async () => expect(await row("Feed is broken")).toHaveAttribute("data-urgent"));
});

test("the row's menu wakes, and leads to a silence of its stores, or of its title where it has none", async () => {
  change(3, { snoozed_until: soon(), snoozed_by: ada });
  const { user } = await renderApp("/notifications?tab=alerts");
  const silence = async (title: string) => {
    const link = (await menuOf(user, title)).getByRole("menuitem", { name: "Silence this…" });
    return new URL((link as HTMLAnchorElement).href).searchParams.toString(); // `as`: it is a link
  };
  expect(await silence("Feed is broken")).toBe("create=true&store=9&type=integration");
  expect(await silence("Disk is full")).toBe("create=true&type=integration&text=Disk+is+full");
  expect(await silence("Key was refused")).toBe("create=true&store=7&type=integration");
  const resolved = within(screen.getByRole("menu", { name: "More actions: Key was refused" }));
  expect(resolved.getAllByRole("menuitem")).toHaveLength(1);
  const menu = within(screen.getByRole("menu", { name: "More actions: Feed is broken" }));
  await user.click(menu.getByRole("menuitem", { name: "Wake now" }));
  expect(await screen.findByText("Awake again")).toBeVisible();
  expect(sent()).toEqual([[3, { until: null }]]);
});

test("in the drawer the choices open in place, and the button has the focus again", async () => {
  const { user } = await renderApp("/notifications?tab=alerts&alert=3");
  const drawer = await drawerOf();
  await user.click(await drawer.findByRole("button", { name: "Snooze…" }));
  expect(drawer.getByRole("group", { name: "Snooze until" })).toBeVisible();
  await user.click(drawer.getByRole("button", { name: /^Tomorrow/ }));
  expect(await drawer.findByRole("button", { name: "Wake now" })).toBeVisible();
  expect(drawer.getByText(/^Until tomorrow 08:00, by Ada Moreau$/)).toBeVisible();
  expect(drawer.getByRole("button", { name: "Snooze…" })).toHaveFocus();
  expect(drawer.queryByRole("group", { name: "Snooze until" })).toBeNull();
  expect(drawer.getByRole("link", { name: "Silence this…" })).toHaveAttribute(
    "href",
    "/silences?create=true&store=9&type=integration",
  );
});

test("in the drawer Escape closes the choices first, and what was typed is there when one comes back", async () => {
  const { user } = await renderApp("/notifications?tab=alerts&alert=3");
  const drawer = await drawerOf();
  await user.type(await drawer.findByRole("textbox", { name: /^Resolution notes/ }), "The feed was moved");
  await user.click(drawer.getByRole("button", { name: "Snooze…" }));
  await user.keyboard("{Escape}");
  expect(drawer.queryByRole("group", { name: "Snooze until" })).toBeNull();
  expect(drawer.getByRole("button", { name: "Snooze…" })).toHaveFocus();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog", { name: /^Platform alert/ })).toBeNull());
  await user.click(within(await row("Feed is broken")).getByRole("link", { name: "Feed is broken" }));
  const notes = await (await drawerOf()).findByRole("textbox", { name: /^Resolution notes/ });
  expect(notes).toHaveValue("The feed was moved");
});

test("who wakes it in the drawer stays at the buttons", async () => {
  change(3, { snoozed_until: soon(), snoozed_by: ada });
  const { user } = await renderApp("/notifications?tab=alerts&alert=3");
  const drawer = await drawerOf();
  await user.click(await drawer.findByRole("button", { name: "Wake now" }));
  await waitFor(() => expect(drawer.queryByRole("button", { name: "Wake now" })).toBeNull());
  expect(drawer.getByRole("button", { name: "Snooze…" })).toHaveFocus();
});

test("the timeline tells who put it off until when, that it came back, or who woke it", async () => {
  change(3, {
    returned_at: "2026-03-02T17:00:00Z",
    timeline: [
      sampleEvent({ id: 1, kind: "snoozed", user: ada, detail: { until: "2026-03-02T17:00:00+00:00" } }),
      sampleEvent({ id: 2, kind: "returned" }),
      sampleEvent({ id: 3, kind: "snoozed", user: ada, detail: { until: "2026-03-05T07:00:00+00:00" } }),
      sampleEvent({ id: 4, kind: "returned", user: ada }),
    ],
  });
  await renderApp("/notifications?tab=alerts&alert=3");
  const timeline = await (await drawerOf()).findByRole("list", { name: "Timeline" });
  const told = within(timeline)
    .getAllByRole("listitem")
    .map((entry) => entry.querySelector("p")?.textContent?.trim());
  expect(told).toEqual([
    "Woken by Ada Moreau",
    expect.stringMatching(/^Snoozed until Thu 5 Mar \d\d:00 by Ada Moreau$/),
    "Back from its snooze",
    expect.stringMatching(/^Snoozed until \d\d:00 by Ada Moreau$/),
  ]);
  expect(within(await row("Feed is broken")).getByText("Back from its snooze")).toBeVisible();
});

test("that it came back is news until somebody takes it on", async () => {
  change(3, { returned_at: "2026-03-02T10:00:00Z", acknowledged_at: "2026-03-02T11:00:00Z", acknowledged_by: ada });
  change(2, { returned_at: "2026-03-02T10:00:00Z", acknowledged_at: "2026-03-02T09:00:00Z", acknowledged_by: ada });
  await renderApp("/notifications?tab=alerts");
  expect(await within(await row("Disk is full")).findByText("Back from its snooze")).toBeVisible();
  expect(within(await row("Feed is broken")).queryByText("Back from its snooze")).toBeNull();
});

test("what is put off is listed by itself, and a change from another tab is shown where it stands", async () => {
  const { user } = await renderApp("/notifications?tab=alerts");
  await row("Feed is broken");
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  change(3, { snoozed_until: soon(), snoozed_by: ada });
  act(() => FakeEventSource.open[0]?.say("alert.changed", { id: 3, unread_count: 0 }));
  expect(await within(await row("Feed is broken")).findByText(/^Snoozed until/)).toBeVisible();
  await user.click(within(screen.getByRole("group", { name: "State" })).getByRole("button", { name: "Snoozed" }));
  await waitFor(() => expect(api.callsTo(`GET ${path}`).at(-1)?.query.toString()).toBe("snoozed=true&limit=50"));
});

test("whoever only reads is offered neither, in rows and drawer", async () => {
  api.user = sampleUser("viewer");
  const { user } = await renderApp("/notifications?tab=alerts");
  await user.hover(await row("Feed is broken"));
  await user.keyboard("js");
  expect(screen.queryByRole("button", { name: /^More actions/ })).toBeNull();
  await user.keyboard("{Enter}");
  await (await drawerOf()).findByRole("heading", { name: "Feed is broken" });
  expect(screen.queryByRole("button", { name: "Snooze…" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Silence this…" })).toBeNull();
});
