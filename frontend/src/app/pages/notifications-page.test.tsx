import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeApi, held, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleNotification, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/notifications";
let api: FakeApi;

beforeEach(() => {
  api = new FakeApi();
  api.notifications = [
    sampleNotification({ id: 3, title: "Feed is empty", priority: "critical" }),
    sampleNotification({ id: 2, title: "Sync is slow", priority: "high" }),
    sampleNotification({ id: 1, title: "Price changed", priority: "normal", is_read: true }),
  ];
});

const row = (title: string) => screen.findByRole("article", { name: title });
const isUnread = (article: HTMLElement) => within(article).queryByRole("img", { name: "Unread" }) !== null;
const lastList = () => api.callsTo(`GET ${path}`).at(-1);

describe("filters in the address", () => {
  test("the address's filters are what the list asks the server for", async () => {
    await renderApp("/notifications?priority=critical&priority=high&status=unread&q=feed");
    expect(await row("Feed is empty")).toBeVisible();
    expect(screen.queryByRole("article", { name: "Sync is slow" })).toBeNull();
    expect(lastList()?.query.getAll("priority")).toEqual(["critical", "high"]);
    expect(lastList()?.query.get("is_read")).toBe("false");
    expect(lastList()?.query.get("q")).toBe("feed");
    expect(screen.getByRole("searchbox", { name: "Search text" })).toHaveValue("feed");
  });

  test("unknown values and names in the address are dropped and never asked for", async () => {
    await renderApp("/notifications?priority=huge&status=maybe&store=abc&since=2026-02-31&colour=red");
    expect(await row("Feed is empty")).toBeVisible();
    expect([...(lastList()?.query.keys() ?? [])]).toEqual(["limit"]);
    expect(screen.queryByRole("button", { name: "Clear" })).toBeNull();
  });

  test("choosing a segment puts it into the address, and Clear takes every filter out again", async () => {
    const { user } = await renderApp("/notifications?priority=normal");
    await row("Price changed");
    const states = screen.getByRole("group", { name: "Read state" });
    await user.click(within(states).getByRole("button", { name: "Read" }));
    await waitFor(() => expect(addressQuery()).toEqual({ priority: ["normal"], status: ["read"] }));
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(await row("Feed is empty")).toBeVisible();
    expect(addressQuery()).toEqual({});
  });

  test("a filter that matches nothing says so instead of 'all quiet'", async () => {
    await renderApp("/notifications?priority=low");
    expect(await screen.findByRole("heading", { name: "Nothing matches these filters" })).toBeVisible();
  });
});

describe("marking as read", () => {
  test("a row is read at once, before the server has answered", async () => {
    const answer = held<unknown>();
    api.on(`PUT ${path}/{id}/read`, () => answer.promise);
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    await user.keyboard("je");
    await waitFor(async () => expect(isUnread(await row("Feed is empty"))).toBe(false));
    expect(await screen.findByRole("button", { name: "Notifications, 1 unread" })).toBeVisible();
    api.notifications = api.notifications.map((item) => (item.id === 3 ? { ...item, is_read: true } : item));
    answer.release(api.notifications[0]);
    expect(await screen.findByText("Marked as read")).toBeVisible();
  });

  test("a refused change is taken back and said so", async () => {
    api.on(`PUT ${path}/{id}/read`, () => problem(500));
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    await user.keyboard("je");
    expect(await screen.findByText("Not saved. The list shows the state on the server again.")).toBeVisible();
    expect(isUnread(await row("Feed is empty"))).toBe(true);
    expect(await screen.findByRole("button", { name: "Notifications, 2 unread" })).toBeVisible();
  });

  test("Undo marks it as unread again", async () => {
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    await user.keyboard("je");
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(api.callsTo(`PUT ${path}/3/unread`)).toHaveLength(1));
    expect(isUnread(await row("Feed is empty"))).toBe(true);
  });
});

describe("single keys", () => {
  test("j and k move the cursor, x selects its row and Escape clears the selection", async () => {
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    await user.keyboard("jjk");
    await waitFor(async () => expect(await row("Feed is empty")).toHaveFocus());
    await user.keyboard("x");
    expect(screen.getByRole("checkbox", { name: "Select “Feed is empty”" })).toBeChecked();
    expect(screen.getByRole("toolbar", { name: "1 selected" })).toBeVisible();
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("toolbar", { name: "1 selected" })).toBeNull();
  });

  test("keys typed into the search are text and nothing else", async () => {
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    await user.keyboard("j/");
    const search = screen.getByRole("searchbox", { name: "Search text" });
    expect(search).toHaveFocus();
    await user.keyboard("xe");
    expect(search).toHaveValue("xe");
    expect(screen.queryByRole("toolbar")).toBeNull();
    expect(api.callsTo(`PUT ${path}/3/read`)).toHaveLength(0);
  });

  test("single keys do nothing once they are switched off in the account's preferences", async () => {
    const { user } = await renderApp("/account");
    const single = await screen.findByRole("switch", { name: "Single-key shortcuts" });
    expect(single).toBeChecked();
    await user.click(single);
    await user.click(screen.getByRole("link", { name: /^Notifications/ }));
    await row("Feed is empty");
    await user.keyboard("jxe");
    expect(screen.queryByRole("toolbar")).toBeNull();
    expect(api.callsTo(`PUT ${path}/3/read`)).toHaveLength(0);
  });
});

describe("the bulk bar", () => {
  test("it takes the filter bar's place and marks every selected row in one call", async () => {
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    await user.click(screen.getByRole("checkbox", { name: "Select “Feed is empty”" }));
    await user.click(screen.getByRole("checkbox", { name: "Select “Sync is slow”" }));
    expect(screen.queryByRole("searchbox", { name: "Search text" })).toBeNull();
    const bar = screen.getByRole("toolbar", { name: "2 selected" });
    await user.click(within(bar).getByRole("button", { name: /Mark read/ }));
    expect(await screen.findByText("2 marked as read")).toBeVisible();
    const [call] = api.callsTo(`POST ${path}/bulk`);
    expect(call?.body).toEqual({ ids: [3, 2], action: "read" });
    expect(screen.getByRole("searchbox", { name: "Search text" })).toBeVisible();
    expect(isUnread(await row("Sync is slow"))).toBe(false);
  });

  test("deleting asks first and takes the rows away only when the server has", async () => {
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    await user.keyboard("jx");
    await user.click(within(screen.getByRole("toolbar")).getByRole("button", { name: "Delete" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete this notification?" });
    expect(api.callsTo(`POST ${path}/bulk`)).toHaveLength(0);
    await user.click(await within(dialog).findByRole("button", { name: "Delete" }));
    await waitFor(() => expect(screen.queryByRole("article", { name: "Feed is empty" })).toBeNull());
    expect(api.callsTo(`POST ${path}/bulk`)[0]?.body).toEqual({ ids: [3], action: "delete" });
  });
});

describe("roles", () => {
  test("a viewer reads the list and is offered no change", async () => {
    api.user = sampleUser("viewer");
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.queryByRole("button", { name: "Mark all read" })).toBeNull();
    await user.keyboard("jxe");
    expect(screen.queryByRole("toolbar")).toBeNull();
    expect(api.calls.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("an operator marks rows but is not offered to delete them", async () => {
    api.user = sampleUser("operator");
    const { user } = await renderApp("/notifications");
    await row("Feed is empty");
    await user.keyboard("jx");
    const bar = screen.getByRole("toolbar", { name: "1 selected" });
    expect(within(bar).getByRole("button", { name: /Mark read/ })).toBeVisible();
    expect(within(bar).queryByRole("button", { name: "Delete" })).toBeNull();
  });
});

describe("failures", () => {
  test("a list that cannot be loaded says so, quotes the reference and tries again", async () => {
    let isBroken = true;
    api.on(`GET ${path}`, () =>
      isBroken
        ? problem(500, { detail: "The database is away." }, { "X-Request-ID": "req-42" })
        : { items: api.notifications, next_cursor: null },
    );
    const { user } = await renderApp("/notifications");
    expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeVisible();
    expect(screen.getByText("Reference req-42")).toBeVisible();
    isBroken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await row("Feed is empty")).toBeVisible();
  });

  test("a server that cannot be reached is told apart from one that fails", async () => {
    api.on(`GET ${path}`, () => {
      throw new TypeError("Failed to fetch");
    });
    await renderApp("/notifications");
    expect(await screen.findByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
  });
});
