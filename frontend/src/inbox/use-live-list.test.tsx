import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Notification } from "@/api/types";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, held } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleNotification } from "@/testing/samples";

const path = "/api/v1/admin/notifications";
let api: FakeApi;

/** Pages of two, which a page this empty loads one after the other; the cursor is the last id of the page before. */
function pageAfter(cursor: string | null, all: readonly Notification[] = api.notifications) {
  const rest = all.filter(({ id }) => cursor === null || id < Number(cursor));
  return { items: rest.slice(0, 2), next_cursor: rest.length > 2 ? String(rest[1]?.id) : null };
}

beforeEach(() => {
  api = new FakeApi();
  api.notifications = [4, 3, 2, 1].map((id) => sampleNotification({ id }));
  api.on(`GET ${path}`, ({ query }) => pageAfter(query.get("cursor")));
});

const row = (id: number) => screen.findByRole("article", { name: `Notification ${id}` });
const isUnread = (article: HTMLElement) => within(article).queryByRole("img", { name: "Unread" }) !== null;
const moment = () => act(() => new Promise((resolve) => setTimeout(resolve, 450)));
const lists = () => api.callsTo(`GET ${path}`).length;

async function say(name: string, id: number | null) {
  await waitFor(() => expect(FakeEventSource.open).toHaveLength(1));
  act(() => FakeEventSource.open[0]?.say(name, { id }));
}

async function openAll() {
  const view = await renderApp("/notifications");
  await row(1);
  return view;
}

test("a change of many is seen on every page that is loaded, and what is gone goes", async () => {
  await openAll();
  api.notifications = api.notifications.filter(({ id }) => id !== 2).map((item) => ({ ...item, is_read: true }));
  await say("notification.changed", null);
  await waitFor(async () => expect(isUnread(await row(1))).toBe(false));
  expect(screen.queryByRole("article", { name: "Notification 2" })).toBeNull();
});

test("new rows wait behind their count although every page is asked again", async () => {
  const { user } = await openAll();
  api.notifications = [sampleNotification({ id: 5 }), ...api.notifications];
  await say("resync", null);
  const pill = await screen.findByRole("button", { name: /^1 new/ });
  expect(screen.queryByRole("article", { name: "Notification 5" })).toBeNull();
  expect(screen.getAllByRole("article")).toHaveLength(4);
  await user.click(pill);
  expect(await row(5)).toBeVisible();
});

test("a change that is heard while the list asks is asked for once more", async () => {
  await openAll();
  const slow = held<unknown>();
  const before = pageAfter(null);
  const asked = lists();
  api.on(`GET ${path}`, ({ query }) => (lists() === asked + 1 ? slow.promise : pageAfter(query.get("cursor"))));
  await say("notification.changed", 3);
  await waitFor(() => expect(lists()).toBe(asked + 1));
  api.notifications = api.notifications.map((item) => (item.id === 4 ? { ...item, is_read: true } : item));
  await say("notification.changed", 4);
  await moment();
  slow.release(before);
  await waitFor(async () => expect(isUnread(await row(4))).toBe(false));
});

test("a change that is heard during the first load is not lost", async () => {
  const slow = held<unknown>();
  const before = pageAfter(null);
  api.on(`GET ${path}`, ({ query }) => (lists() === 1 ? slow.promise : pageAfter(query.get("cursor"))));
  await renderApp("/notifications");
  await waitFor(() => expect(lists()).toBe(1));
  api.notifications = api.notifications.map((item) => ({ ...item, is_read: true }));
  await say("notification.changed", 4);
  await moment();
  slow.release(before);
  await waitFor(async () => expect(isUnread(await row(4))).toBe(false));
});

test("rows that were new before the list was loaded again are not counted as new", async () => {
  const { router, queryClient } = await openAll();
  api.notifications = [sampleNotification({ id: 5 }), ...api.notifications];
  await say("notification.created", 5);
  await screen.findByRole("button", { name: /^1 new/ });
  api.notifications = api.notifications.filter(({ id }) => id !== 5);
  await act(() => router.navigate({ to: "/merchants" }));
  await act(() => queryClient.invalidateQueries({ queryKey: ["get", path, "list"] }));
  await act(() => router.navigate({ to: "/notifications" }));
  await row(4);
  await waitFor(() => expect(screen.queryByRole("button", { name: /^1 new/ })).toBeNull());
});

test("one hint asks once for the row it is about", async () => {
  await openAll();
  await say("notification.changed", 1);
  await moment();
  expect(api.callsTo(`GET ${path}/1`)).toHaveLength(1);
});
