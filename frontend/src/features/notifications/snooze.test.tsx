import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Notification } from "@/api/types";
import { becomePhone, FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleNotification, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/notifications";
const HOUR = 3_600_000;
const me = { id: 1, name: "Ada Moreau" };
const colleague = { id: 2, name: "Léa Thill" };
let api: FakeApi;

beforeEach(() => {
  api = new FakeApi();
  api.notifications = [
    sampleNotification({ id: 3, title: "Feed is empty", type: "import_failure" }),
    sampleNotification({ id: 2, title: "Sync is slow" }),
    sampleNotification({ id: 1, title: "Disk is full", is_read: true, read_by: colleague }),
  ];
  api.on(`PUT ${path}/{id}/snooze`, ({ ids: [id], body }) => {
    const { until } = body as { until: string | null }; // `as`: what the page sends
    return change(id, { is_read: until !== null, snoozed_until: until, snoozed_by: until ? me : null, read_by: null });
  });
});

function change(id: number | undefined, part: Partial<Notification>) {
  api.notifications = api.notifications.map((item) => (item.id === id ? { ...item, ...part } : item));
  return api.notifications.find((item) => item.id === id) ?? problem(404);
}

const inAnHour = () => new Date(Date.now() + HOUR).toISOString();
const row = (title: string) => screen.findByRole("article", { name: title });
const sent = () => api.calls.filter((call) => call.path.endsWith("/snooze")).map(({ ids, body }) => [ids[0], body]);
type User = Awaited<ReturnType<typeof renderApp>>["user"];

async function menuOf(user: User, title: string) {
  await user.hover(await row(title));
  const name = `More actions: ${title}`;
  await user.click(within(await row(title)).getByRole("button", { name }));
  return within(await screen.findByRole("menu", { name }));
}

test("by keyboard: s asks until when, a number answers, the row says so and the bell counts one less", async () => {
  const { user } = await renderApp("/notifications");
  await row("Feed is empty");
  await user.keyboard("js");
  const dialog = within(await screen.findByRole("dialog", { name: "Snooze until" }));
  expect(dialog.getByText("Feed is empty")).toBeVisible();
  await waitFor(() => expect(dialog.getByRole("button", { name: /^In an hour/ })).toHaveFocus());
  await user.keyboard("1");
  expect(await within(await row("Feed is empty")).findByText(/^Snoozed until/)).toBeVisible();
  expect(within(await row("Feed is empty")).queryByRole("img", { name: "Unread" })).toBeNull();
  expect(await screen.findByRole("button", { name: "Notifications, 1 unread" })).toBeVisible();
  const [[id, body] = []] = sent();
  expect(id).toBe(3);
  const { until } = body as { until: string }; // `as`: what the page sends
  expect(Math.abs(Date.parse(until) - Date.now() - HOUR)).toBeLessThan(60_000);
});

test("Undo makes it what it was: unread, or read", async () => {
  const { user } = await renderApp("/notifications");
  await row("Feed is empty");
  await user.keyboard("js");
  await screen.findByRole("dialog", { name: "Snooze until" });
  await user.keyboard("1");
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(async () =>
    expect(within(await row("Feed is empty")).getByRole("img", { name: "Unread" })).toBeVisible(),
  );
  expect(sent().at(-1)).toEqual([3, { until: null }]);
  await user.keyboard("jjs");
  await screen.findByRole("dialog", { name: "Snooze until" });
  await user.keyboard("1");
  await user.click((await screen.findAllByRole("button", { name: "Undo" })).at(-1) as HTMLElement); // `as`: one was found
  await waitFor(() => expect(api.callsTo(`PUT ${path}/1/read`)).toHaveLength(1));
});

test("all that are selected are put off together, and what is settled is left alone", async () => {
  api.notifications = api.notifications.map((item) =>
    item.id === 1 ? { ...item, settled_at: "2026-03-02T10:00:00Z" } : item,
  );
  const { user } = await renderApp("/notifications");
  await row("Feed is empty");
  await user.keyboard("jxjxjx");
  await user.click(within(screen.getByRole("toolbar")).getByRole("button", { name: /^Snooze/ }));
  expect(within(await screen.findByRole("dialog")).getByText("2 selected")).toBeVisible();
  await user.keyboard("1");
  expect(await screen.findByText(/^2 snoozed until/)).toBeVisible();
  expect(sent().map(([id]) => id)).toEqual([3, 2]);
  expect(screen.queryByRole("toolbar")).toBeNull();
});

test("a time of one's own is asked for in a field, which says what is wrong with it", async () => {
  const { user } = await renderApp("/notifications");
  const menu = await menuOf(user, "Sync is slow");
  await user.click(await menu.findByRole("menuitem", { name: "Snooze…" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Snooze until" }));
  await user.click(dialog.getByRole("button", { name: /^At a time/ }));
  await user.click(dialog.getByRole("button", { name: "Snooze" }));
  expect(dialog.getByText("Please give a day and a time")).toBeVisible();
  await user.type(dialog.getByLabelText("Until"), "2020-01-01T08:00");
  await user.click(dialog.getByRole("button", { name: "Snooze" }));
  expect(dialog.getByText("This time has passed")).toBeVisible();
  expect(sent()).toEqual([]);
});

test("a refusal is said, and nothing changes", async () => {
  api.on(`PUT ${path}/{id}/snooze`, () => problem(409, { detail: "It is settled already." }));
  const { user } = await renderApp("/notifications");
  await row("Feed is empty");
  await user.keyboard("js");
  await screen.findByRole("dialog", { name: "Snooze until" });
  await user.keyboard("1");
  expect(await screen.findByText("This could not be snoozed")).toBeVisible();
  expect(screen.getByText("It is settled already.")).toBeVisible();
  expect(within(await row("Feed is empty")).getByRole("img", { name: "Unread" })).toBeVisible();
});

test("what is put off says until when and by whom, can be woken, or marked as read to be done with", async () => {
  change(1, { snoozed_until: inAnHour() });
  change(2, { is_read: true, snoozed_until: inAnHour(), snoozed_by: colleague });
  const { user } = await renderApp("/notifications");
  expect(await within(await row("Sync is slow")).findByText(/^Snoozed until .+ by Léa Thill$/)).toBeVisible();
  const menu = await menuOf(user, "Sync is slow");
  expect(menu.getByRole("menuitem", { name: "Mark read" })).toBeVisible();
  await user.click(await menu.findByRole("menuitem", { name: "Wake now" }));
  expect(await screen.findByText("Awake again")).toBeVisible();
  expect(sent()).toEqual([[2, { until: null }]]);
  expect(within(await row("Sync is slow")).queryByText(/^Snoozed until/)).toBeNull();
  expect(within(await row("Disk is full")).getByText(/^Snoozed until/)).toBeVisible();
  await user.keyboard("je");
  await waitFor(() => expect(api.callsTo(`PUT ${path}/1/read`)).toHaveLength(1));
  expect(within(await row("Disk is full")).queryByText(/^Snoozed until/)).toBeNull();
});

test("what came back is marked as such until somebody reads it", async () => {
  change(2, { returned_at: "2026-03-02T10:00:00Z" });
  change(1, { returned_at: "2026-03-02T10:00:00Z", read_at: "2026-03-02T11:00:00Z" });
  const { user } = await renderApp("/notifications");
  expect(await within(await row("Sync is slow")).findByText("Back from its snooze")).toBeVisible();
  expect(within(await row("Disk is full")).getByText(/^Read by Léa Thill/)).toBeVisible();
  await user.click(await screen.findByRole("button", { name: "Notifications, 2 unread" }));
  expect(await within(await screen.findByRole("dialog")).findByText("Back from its snooze")).toBeVisible();
});

test("what is put off is found by itself, and is none of what was read", async () => {
  const { user } = await renderApp("/notifications");
  await row("Feed is empty");
  const lastList = () => api.callsTo(`GET ${path}`).at(-1)?.query.toString();
  const states = within(screen.getByRole("group", { name: "Read state" }));
  await user.click(states.getByRole("button", { name: "Snoozed" }));
  await waitFor(() => expect(addressQuery()).toEqual({ status: ["snoozed"] }));
  await waitFor(() => expect(lastList()).toBe("snoozed=true&settled=false&limit=50"));
  await user.click(states.getByRole("button", { name: "Read" }));
  await waitFor(() => expect(lastList()).toBe("is_read=true&snoozed=false&limit=50"));
});

test("nothing put off is said in its own words", async () => {
  api.on(`GET ${path}`, () => ({ items: [], next_cursor: null }));
  await renderApp("/notifications?status=snoozed");
  expect(await screen.findByRole("heading", { name: "Nothing is snoozed" })).toBeVisible();
});

test("a row that is put off in another tab, or comes back, changes where it stands and rings as new", async () => {
  await renderApp("/notifications");
  await row("Feed is empty");
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  change(3, { is_read: true, snoozed_until: inAnHour(), snoozed_by: colleague });
  act(() => FakeEventSource.open[0]?.say("notification.changed", { id: 3, unread_count: 1 }));
  expect(await within(await row("Feed is empty")).findByText(/^Snoozed until/)).toBeVisible();
  change(3, {
    is_read: false,
    snoozed_until: null,
    snoozed_by: null,
    returned_at: new Date(Date.now() + 1_000).toISOString(),
  });
  act(() => FakeEventSource.open[0]?.say("notification.created", { id: 3, unread_count: 2 }));
  expect(await within(await row("Feed is empty")).findByText("Back from its snooze")).toBeVisible();
  expect(await screen.findByText("New notification: Feed is empty")).toBeInTheDocument();
});

test("the way to a silence of what is like this is in the menu, on phones as well", async () => {
  becomePhone();
  change(2, { store_id: null, store_name: null });
  change(1, { type: "silence_ending" });
  const { user } = await renderApp("/notifications");
  const silence = async (title: string) => {
    const menu = await menuOf(user, title);
    const link = await menu.findByRole("menuitem", { name: "Silence this…" });
    return new URL((link as HTMLAnchorElement).href).searchParams.toString(); // `as`: it is a link
  };
  expect(await silence("Feed is empty")).toBe("create=true&store=7&type=import_failure");
  expect(await silence("Sync is slow")).toBe("create=true&type=store_issue&text=Sync+is+slow");
  const menu = await menuOf(user, "Disk is full");
  await menu.findByRole("menuitem", { name: "Snooze…" });
  expect(menu.queryByRole("menuitem", { name: "Silence this…" })).toBeNull();
});

test("whoever only reads is offered neither", async () => {
  api.user = sampleUser("viewer");
  const { user } = await renderApp("/notifications");
  await row("Feed is empty");
  await user.keyboard("js");
  const menu = await menuOf(user, "Feed is empty");
  expect(menu.getAllByRole("menuitem").map((item) => item.textContent)).toEqual(["Who was told, and why?"]);
  expect(screen.queryByRole("dialog", { name: "Snooze until" })).toBeNull();
});

test("in the bell: s on an entry or its button asks until when, and the next entry has the focus when it is gone", async () => {
  const { user } = await renderApp("/merchants");
  await user.click(await screen.findByRole("button", { name: "Notifications, 2 unread" }));
  const bell = within(await screen.findByRole("dialog", { name: "Notifications" }));
  await bell.findByRole("button", { name: "Snooze “Sync is slow”…" });
  await user.click(bell.getByRole("button", { name: "Snooze “Sync is slow”…" }));
  act(() => bell.getByText("Feed is empty").focus());
  await user.keyboard("s");
  expect(bell.getAllByRole("group", { name: "Snooze until" })).toHaveLength(1);
  await waitFor(() => expect(bell.getByRole("button", { name: /^In an hour/ })).toHaveFocus());
  await user.keyboard("1");
  await waitFor(() => expect(bell.queryByText("Feed is empty")).toBeNull());
  expect(bell.getByText("Sync is slow")).toHaveFocus();
  await user.click(bell.getByRole("button", { name: "Snooze “Sync is slow”…" }));
  await user.click(bell.getByRole("button", { name: /^In an hour/ }));
  expect(await bell.findByText("All quiet")).toBeVisible();
  expect(bell.getByRole("link", { name: "View all notifications" })).toHaveFocus();
  expect(sent().map(([id]) => id)).toEqual([3, 2]);
});

test("in the bell's sheet Escape closes the choices first, and their button has the focus", async () => {
  becomePhone();
  const { user } = await renderApp("/merchants");
  await user.click(await screen.findByRole("button", { name: "Notifications, 2 unread" }));
  const bell = within(await screen.findByRole("dialog", { name: /^Notifications/ }));
  const button = await bell.findByRole("button", { name: "Snooze “Sync is slow”…" });
  await user.click(button);
  await waitFor(() => expect(bell.getByRole("button", { name: /^In an hour/ })).toHaveFocus());
  // The browser's popover is held by the same: what is prevented is no request to close it.
  const isUnheld = fireEvent.keyDown(bell.getByRole("button", { name: /^In an hour/ }), { key: "Escape" });
  expect(isUnheld).toBe(false);
  await waitFor(() => expect(bell.queryByRole("group", { name: "Snooze until" })).toBeNull());
  expect(button).toHaveFocus();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
