import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleAlert, sampleNotification, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/notifications";
// A page with little of its own: the bell is the same on all of them.
const page = "/merchants";
let api: FakeApi;

beforeEach(() => {
  api = new FakeApi();
  api.notifications = [5, 4, 3, 2, 1].map((id) => sampleNotification({ id }));
});

test("the bell is named with the unread count and shows it on a badge", async () => {
  await renderApp(page);
  const bell = await screen.findByRole("button", { name: "Notifications, 5 unread" });
  expect(within(bell).getByText("5")).toBeVisible();
});

test("above 99 the badge says 99+ and the name the true count", async () => {
  api.unreadCount = 1234;
  await renderApp(page);
  const bell = await screen.findByRole("button", { name: "Notifications, 1234 unread" });
  expect(within(bell).getByText("99+")).toBeVisible();
});

test("with nothing unread there is no badge and the panel says so", async () => {
  api.notifications = [];
  const { user } = await renderApp(page);
  const bell = await screen.findByRole("button", { name: "Notifications, 0 unread" });
  expect(bell).toHaveTextContent("");
  await user.click(bell);
  expect(await within(await screen.findByRole("dialog")).findByText("All quiet")).toBeVisible();
});

test("opening the bell moves the seen mark to the newest listed and leaves all unread", async () => {
  api.seenUpTo = 3;
  const { user } = await renderApp(page);
  await user.click(await screen.findByRole("button", { name: "Notifications, 5 unread, 2 new" }));
  expect(await screen.findByRole("dialog", { name: "Notifications" })).toBeVisible();
  await waitFor(() => expect(api.callsTo(`PUT ${path}/seen`).map(({ body }) => body)).toEqual([{ up_to_id: 5 }]));
  expect(await screen.findByRole("button", { name: "Notifications, 5 unread" })).toBeVisible();
});

test("the keys that open the bell move the seen mark as well", async () => {
  api.seenUpTo = 3;
  const { user } = await renderApp(page);
  await screen.findByRole("button", { name: "Notifications, 5 unread, 2 new" });
  await user.keyboard("gb");
  await waitFor(() => expect(api.callsTo(`PUT ${path}/seen`).map(({ body }) => body)).toEqual([{ up_to_id: 5 }]));
});

test("what arrives while the bell is open is seen", async () => {
  api.seenUpTo = 5;
  const { user } = await renderApp(page);
  await user.click(await screen.findByRole("button", { name: "Notifications, 5 unread" }));
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  api.notifications = [sampleNotification({ id: 6, title: "Queue is stuck" }), ...api.notifications];
  act(() => FakeEventSource.open[0]?.say("notification.created", { id: 6, unread_count: 6 }));
  await waitFor(() => expect(api.callsTo(`PUT ${path}/seen`).map(({ body }) => body)).toEqual([{ up_to_id: 6 }]));
  expect(await screen.findByRole("button", { name: "Notifications, 6 unread" })).toBeVisible();
});

test("a seen mark that the server refuses is not asked for without end", async () => {
  api.seenUpTo = 3;
  api.on(`PUT ${path}/seen`, () => problem(500));
  const { user } = await renderApp(page);
  await user.click(await screen.findByRole("button", { name: "Notifications, 5 unread, 2 new" }));
  expect(await screen.findByRole("button", { name: "Notifications, 5 unread, 2 new" })).toBeVisible();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(api.callsTo(`PUT ${path}/seen`)).toHaveLength(1);
});

test("the tick marks one as read and takes it out of the bell", async () => {
  const { user } = await renderApp(page);
  await user.click(await screen.findByRole("button", { name: "Notifications, 5 unread" }));
  await user.click(await screen.findByRole("button", { name: "Mark “Notification 4” as read" }));
  expect(await screen.findByRole("button", { name: "Notifications, 4 unread" })).toBeVisible();
  expect(within(screen.getByRole("dialog")).queryByText("Notification 4")).toBeNull();
  expect(api.callsTo(`PUT ${path}/4/read`)).toHaveLength(1);
});

test("a viewer's bell offers no marking", async () => {
  api.user = sampleUser("viewer");
  const { user } = await renderApp(page);
  await user.click(await screen.findByRole("button", { name: "Notifications, 5 unread" }));
  const panel = await screen.findByRole("dialog");
  expect(await within(panel).findByText("Notification 5")).toBeVisible();
  expect(within(panel).queryByRole("button")).toBeNull();
});

test("a bell that cannot be loaded quotes the reference", async () => {
  api.on(`GET ${path}/recent`, () => problem(500, {}, { "X-Request-ID": "req-7" }));
  const { user } = await renderApp(page);
  await user.click(await screen.findByRole("button", { name: /^Notifications, / }));
  expect(await screen.findByText("Reference req-7")).toBeVisible();
});

test("a hint sets the count at once, and the bell then lists and announces what arrived", async () => {
  const { user } = await renderApp(page);
  await screen.findByRole("button", { name: "Notifications, 5 unread" });
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  api.notifications = [
    sampleNotification({ id: 6, title: "Queue is stuck", priority: "critical" }),
    ...api.notifications,
  ];
  act(() => FakeEventSource.open[0]?.say("notification.created", { id: 6, unread_count: 6 }));
  expect(await screen.findByRole("button", { name: "Notifications, 6 unread" })).toBeVisible();
  expect(await screen.findByText("New notification: Queue is stuck")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Notifications, 6 unread" }));
  expect(await within(await screen.findByRole("dialog")).findByText("Queue is stuck")).toBeVisible();
});

test("an old one that a colleague marks as unread is counted but not announced as new", async () => {
  api.notifications = [sampleNotification({ id: 1, title: "Price is old", priority: "critical", is_read: true })];
  const { user } = await renderApp(page);
  await user.click(await screen.findByRole("button", { name: "Notifications, 0 unread" }));
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  api.notifications = [sampleNotification({ id: 1, title: "Price is old", priority: "critical" })];
  act(() => FakeEventSource.open[0]?.say("notification.changed", { id: 1, unread_count: 1 }));
  expect(await within(screen.getByRole("dialog")).findByText("Price is old")).toBeVisible();
  expect(screen.queryByText("New notification: Price is old")).toBeNull();
  expect(screen.getAllByText("Price is old")).toHaveLength(1);
});

test("what was created while the stream was away is announced when it is back", async () => {
  await renderApp(page);
  await screen.findByRole("button", { name: "Notifications, 5 unread" });
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  const created_at = new Date(Date.now() + 1_000).toISOString();
  api.notifications = [sampleNotification({ id: 6, title: "Disk is full", created_at }), ...api.notifications];
  act(() => FakeEventSource.open[0]?.say("resync"));
  expect(await screen.findByText("New notification: Disk is full")).toBeInTheDocument();
});

test.each([
  {
    where: "over the list as it is",
    from: "/notifications?priority=high",
    query: { priority: ["high"], alert: ["9"] },
  },
  { where: "from other pages over the alerts", from: "/merchants", query: { tab: ["alerts"], alert: ["9"] } },
])("an entry that is about an alert opens it, $where", async ({ from, query }) => {
  api.notifications = [sampleNotification({ id: 1, title: "Sync has failed", alert_id: 9 })];
  api.on(`GET ${path}/alerts/9`, () => sampleAlert({ id: 9, title: "Key was refused" }));
  const { user } = await renderApp(from);
  await user.click(await screen.findByRole("button", { name: "Notifications, 1 unread" }));
  await user.click(await within(await screen.findByRole("dialog")).findByRole("link", { name: "Sync has failed" }));
  expect(await screen.findByRole("heading", { name: "Key was refused" })).toBeVisible();
  expect(addressQuery()).toEqual(query);
  await waitFor(() => expect(api.callsTo(`PUT ${path}/1/read`)).toHaveLength(1));
});
