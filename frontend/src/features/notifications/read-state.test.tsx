import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi, held } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleNotification } from "@/testing/samples";

const path = "/api/v1/admin/notifications";
let api: FakeApi;

beforeEach(() => {
  api = new FakeApi();
  api.notifications = [
    sampleNotification({ id: 3, title: "Feed is empty" }),
    sampleNotification({ id: 2, title: "Sync is slow" }),
    sampleNotification({ id: 1, title: "Price changed", is_read: true }),
  ];
});

const row = (title: string) => screen.findByRole("article", { name: title });
const bulk = () => api.callsTo(`POST ${path}/bulk`).map(({ body }) => body);

test("marking several and undoing it leaves alone what was read before", async () => {
  const { user } = await renderApp("/notifications");
  await row("Feed is empty");
  await user.keyboard("jxjxjx");
  await user.click(within(screen.getByRole("toolbar")).getByRole("button", { name: /Mark read/ }));
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(bulk()).toHaveLength(2));
  expect(bulk()).toEqual([
    { ids: [3, 2], action: "read" },
    { ids: [3, 2], action: "unread" },
  ]);
  // The button went with its message.
  expect(await row("Price changed")).toHaveFocus();
});

test("`e` does with the selected rows what the bulk bar's button says", async () => {
  const { user } = await renderApp("/notifications");
  await row("Price changed");
  await user.click(screen.getByRole("checkbox", { name: "Select “Price changed”" }));
  expect(within(screen.getByRole("toolbar")).getByRole("button", { name: /Mark unread/ })).toBeVisible();
  await user.keyboard("e");
  await waitFor(() => expect(api.callsTo(`PUT ${path}/1/unread`)).toHaveLength(1));
  expect(api.callsTo(`PUT ${path}/1/read`)).toHaveLength(0);
});

test("a list that is loading for the first time goes on when something is marked in the bell", async () => {
  const first = held<unknown>();
  api.on(`GET ${path}`, () => first.promise);
  const { user } = await renderApp("/notifications");
  await user.click(await screen.findByRole("button", { name: "Notifications, 2 unread" }));
  await user.click(await screen.findByRole("button", { name: "Mark “Sync is slow” as read" }));
  await waitFor(() => expect(api.callsTo(`PUT ${path}/2/read`)).toHaveLength(1));
  first.release({ items: api.notifications, next_cursor: null });
  expect(await row("Feed is empty")).toBeVisible();
});

test("a count that was asked before marking does not undo what the page shows", async () => {
  const { user, queryClient } = await renderApp("/notifications");
  await screen.findByRole("button", { name: "Notifications, 2 unread" });
  await row("Feed is empty");
  const [before, saved] = [held<unknown>(), held<unknown>()];
  const unread = [`GET ${path}/unread-count`, `PUT ${path}/{id}/read`] as const;
  api.on(unread[0], () => before.promise);
  api.on(unread[1], () => saved.promise);
  void queryClient.invalidateQueries({ queryKey: ["get", `${path}/unread-count`] });
  await user.keyboard("je");
  await screen.findByRole("button", { name: "Notifications, 1 unread" });
  before.release({ unread_count: 2, by_priority: { critical: 0, high: 0, normal: 2, low: 0 } });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(screen.getByRole("button", { name: "Notifications, 1 unread" })).toBeVisible();
});

test("with only what is read on the page there is nothing to mark", async () => {
  await renderApp("/notifications?status=read");
  await row("Price changed");
  expect(screen.getByRole("button", { name: "Mark all read" })).toBeDisabled();
});
