import { onlineManager } from "@tanstack/react-query";
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { becomePhone } from "@/testing/browser";
import { FakeApi, held, problem } from "@/testing/fake-api";
import { installUploads } from "@/testing/fake-upload";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleAlert, sampleImport, sampleNotification, sampleStore, sampleUser } from "@/testing/samples";

const one = "GET /api/v1/admin/stores/{id}";
const alerts = "/api/v1/admin/notifications/alerts";
let api: FakeApi;
beforeEach(() => {
  installUploads();
  api = new FakeApi();
  api.on(one, () => sampleStore({ id: 7, name: "Book Store", store_code: "BOOKS", merchant_name: "Books & Co" }));
});
afterEach(() => onlineManager.setOnline(true));

const page = (items: readonly unknown[], next_cursor: string | null = null) => ({ items, next_cursor });
const pressed = (name: RegExp) => screen.findByRole("button", { name, pressed: true });

describe("the page of a store", () => {
  test("names the store, its code, its merchant and whether it is active", async () => {
    await renderApp("/stores/7");
    expect(await screen.findByRole("heading", { name: "Book Store", level: 1 })).toBeVisible();
    expect(screen.getAllByText("BOOKS")[0]).toBeVisible();
    expect(screen.getAllByText("Active")[0]).toBeVisible();
    expect(screen.getAllByRole("link", { name: "Books & Co" })[0]).toHaveAttribute("href", "/merchants/3");
    expect(document.title).toBe("Book Store · Tocsin");
  });

  test("shows the state of the feed, and says what is not set", async () => {
    const store = sampleStore({ id: 7, letzshop_csv_url_fr: "https://feed.test/fr.csv", letzshop_boost_sort: 2.5 });
    api.on(one, () => store);
    await renderApp("/stores/7");
    expect(await screen.findByRole("link", { name: "https://feed.test/fr.csv" })).toBeVisible();
    expect(screen.getByText("Package delivery")).toBeVisible();
    expect(screen.getByText("2.5")).toBeVisible();
    expect(screen.getByText("German feed").nextElementSibling).toHaveTextContent("Not set");
  });

  test("counts what waits in this store alone, and each figure leads to its list", async () => {
    const alert = sampleAlert({ id: 1, title: "Feed is broken" });
    // More than are counted; the list has but one.
    api.on(`GET ${alerts}`, ({ query }) => page([alert], query.get("limit") === "100" ? "more" : null));
    api.notifications = [sampleNotification({ id: 4, title: "Price changed", priority: "critical" })];
    api.on("GET /api/v1/admin/imports", () => page([sampleImport({ id: 12, status: "failed", error_count: 3 })]));
    const { user } = await renderApp("/stores/7");
    expect(await screen.findByRole("button", { name: /^Unread ?1 ?1 critical, 0 high/ })).toBeVisible();
    expect(screen.getByRole("button", { name: /^Last import ?Failed ?3 errors/ })).toBeVisible();
    await user.click(await screen.findByRole("button", { name: /^Open alerts ?1\+ ?Oldest open/ }));
    expect(addressQuery()).toEqual({ tab: ["alerts"], status: ["active"] });
    expect(await screen.findByRole("article", { name: "Feed is broken" })).toBeVisible();
    expect(api.callsTo(`GET ${alerts}`).map(({ query }) => query.get("store_id"))).not.toContain(null);
    await user.click(await pressed(/^Open alerts/));
    await waitFor(() => expect(addressQuery()).toEqual({}));
  });

  test("a figure that cannot be loaded is a dash, and the page stays", async () => {
    api.on(`GET ${alerts}`, () => problem(500));
    await renderApp("/stores/7");
    expect(await screen.findByRole("button", { name: /^Open alerts ?–/ })).toBeVisible();
    expect(screen.getByRole("heading", { name: "Book Store" })).toBeVisible();
  });
});

describe("the tabs of a store", () => {
  test("are in the address, move with the arrow keys and leave other tabs' filters behind", async () => {
    const { user } = await renderApp("/stores/7?tab=notifications&status=unread");
    const tab = await screen.findByRole("tab", { name: "Notifications", selected: true });
    act(() => tab.focus());
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByRole("tab", { name: "Alerts", selected: true })).toHaveFocus();
    expect(addressQuery()).toEqual({ tab: ["alerts"] });
    // From the last to the first.
    await user.keyboard("{ArrowRight}");
    await waitFor(() => expect(addressQuery()).toEqual({}));
  });

  test("a tab that the page has not is the overview", async () => {
    await renderApp("/stores/7?tab=nonsense");
    expect(await screen.findByRole("tab", { name: "Overview", selected: true })).toBeVisible();
  });

  test("imports are those of the store, filtered by state", async () => {
    const asked: URLSearchParams[] = [];
    api.on("GET /api/v1/admin/imports", ({ query }) => {
      asked.push(query);
      return page([sampleImport({ id: 12 })]);
    });
    const { user } = await renderApp("/stores/7?tab=imports");
    expect(await screen.findByRole("link", { name: "Import #12" })).toHaveAttribute("href", "/imports/12");
    expect(screen.queryByRole("button", { name: "Store" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Status" }));
    await user.click(await screen.findByLabelText("Failed"));
    await waitFor(() => expect(addressQuery()).toEqual({ tab: ["imports"], status: ["failed"] }));
    await waitFor(() => expect(asked.at(-1)?.getAll("status")).toEqual(["failed"]));
    expect(asked.at(-1)?.getAll("store_id")).toEqual(["7"]);
  });

  test("a store without imports says so and offers the first", async () => {
    const { user } = await renderApp("/stores/7?tab=imports");
    await screen.findByText("No imports of this store yet");
    await user.click(screen.getAllByRole("button", { name: "New import" })[1] ?? document.body);
    const dialog = within(await screen.findByRole("dialog", { name: "New import" }));
    expect(dialog.getByRole("button", { name: "Cancel" })).toBeVisible();
    expect(addressQuery()).toEqual({ tab: ["imports"], start: ["true"] });
  });

  test("notifications are those of the store, without a filter for stores, and filter in this page's address", async () => {
    api.notifications = [sampleNotification({ id: 4, title: "Price changed", action_url: "/stores/7" })];
    const { user } = await renderApp("/stores/7?tab=notifications");
    const row = within(await screen.findByRole("article", { name: "Price changed" }));
    expect(row.queryByText("Book Store")).toBeNull();
    expect(row.queryByRole("link")).toBeNull();
    expect(screen.queryByRole("button", { name: "Store" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Read" }));
    expect(window.location.pathname).toBe("/stores/7");
    await waitFor(() => expect(addressQuery()).toEqual({ tab: ["notifications"], status: ["read"] }));
    await user.click(await screen.findByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(addressQuery()).toEqual({ tab: ["notifications"] }));
    const asked = api.callsTo("GET /api/v1/admin/notifications");
    expect(new Set(asked.map(({ query }) => query.get("store_id")))).toEqual(new Set(["7"]));
  });

  test("all of the store's notifications are marked as read, none of other stores", async () => {
    api.notifications = [sampleNotification({ id: 4, title: "Price changed" })];
    api.on("PUT /api/v1/admin/notifications/mark-all-read", () => ({ marked_count: 1 }));
    const { user } = await renderApp("/stores/7?tab=notifications");
    await screen.findByRole("article", { name: "Price changed" });
    await user.click(screen.getByRole("button", { name: "Mark all read" }));
    await waitFor(() => {
      const [call] = api.callsTo("PUT /api/v1/admin/notifications/mark-all-read");
      expect(call?.body).toMatchObject({ store_id: 7, up_to_id: 4 });
    });
  });

  test("an alert opens over the page of the store, and Back does not open it again", async () => {
    const alert = sampleAlert({ id: 9, title: "Feed is broken" });
    api.on(`GET ${alerts}`, () => page([alert]));
    api.on(`GET ${alerts}/9`, () => alert);
    const { user } = await renderApp("/stores/7?tab=alerts");
    const row = await screen.findByRole("article", { name: "Feed is broken" });
    await user.click(within(row).getByText("Feed is broken"));
    const drawer = within(await screen.findByRole("dialog", { name: /^Platform alert/ }));
    expect(window.location.pathname).toBe("/stores/7");
    await user.click(drawer.getByRole("button", { name: "Close" }));
    await waitFor(() => expect(addressQuery()).toEqual({ tab: ["alerts"] }));
  });
});

describe("a store that cannot be shown", () => {
  test.each(["/stores/404", "/stores/none"])("%s is not found, within the shell", async (address) => {
    api.on(one, () => problem(404));
    await renderApp(address);
    expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
    expect(screen.getByRole("navigation", { name: "Main" })).toBeVisible();
  });

  test("a failure is said and asked again", async () => {
    let isBroken = true;
    api.on(one, () => (isBroken ? problem(500) : sampleStore({ id: 7, name: "Book Store" })));
    const { user } = await renderApp("/stores/7");
    await screen.findByRole("heading", { name: "This could not be loaded" });
    isBroken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Book Store" })).toBeVisible();
  });

  test("while it loads its place is kept", async () => {
    const answer = held<unknown>();
    api.on(one, () => answer.promise);
    await renderApp("/stores/7");
    expect(await screen.findByRole("status", { name: "Loading…" })).toBeVisible();
    answer.release(sampleStore({ id: 7, name: "Book Store" }));
    expect(await screen.findByRole("heading", { name: "Book Store" })).toBeVisible();
  });

  test("offline, one that was never loaded says so, and comes once there is a connection", async () => {
    api.on("GET /api/v1/admin/stores", () => page([sampleStore({ id: 7, name: "Book Store" })]));
    const { user } = await renderApp("/stores");
    const link = await screen.findByRole("link", { name: "Book Store" });
    act(() => onlineManager.setOnline(false));
    await user.click(link);
    expect(await screen.findByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
    act(() => onlineManager.setOnline(true));
    expect(await screen.findByRole("heading", { name: "Book Store", level: 1 })).toBeVisible();
  });
});

describe("what leads to the page of a store", () => {
  test("the action of a notification about it, and its name in the notification's row", async () => {
    api.notifications = [
      sampleNotification({ id: 4, title: "Price changed", action_url: "/stores/7", priority: "high" }),
      sampleNotification({ id: 5, title: "Disk is full", store_id: null, store_name: null }),
    ];
    const { user } = await renderApp("/notifications");
    const row = within(await screen.findByRole("article", { name: "Price changed" }));
    expect(row.getByRole("link", { name: "View store: Price changed" })).toHaveAttribute("href", "/stores/7");
    expect(within(screen.getByRole("article", { name: "Disk is full" })).getByText("Platform")).toBeVisible();
    await user.click(row.getByRole("link", { name: "Book Store" }));
    expect(await screen.findByRole("heading", { name: "Book Store", level: 1 })).toBeVisible();
    expect(api.callsTo("PUT /api/v1/admin/notifications/4/read")).toEqual([]);
  });

  test("its name among an alert's stores, which closes the alert", async () => {
    const store = { store_id: 7, store_name: "Book Store", count: 2, healed_at: null, first_at: "", last_at: "" };
    api.on(`GET ${alerts}/9`, () => ({ ...sampleAlert({ id: 9, title: "Feed is broken" }), stores: [store] }));
    const { user } = await renderApp("/notifications?tab=alerts&alert=9");
    const drawer = within(await screen.findByRole("dialog", { name: /^Platform alert/ }));
    await user.click(await drawer.findByRole("link", { name: "Book Store" }));
    expect(await screen.findByRole("heading", { name: "Book Store", level: 1 })).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  test("its name among the facts of an import", async () => {
    api.on("GET /api/v1/admin/imports/12", () => sampleImport({ id: 12 }));
    api.on("GET /api/v1/admin/imports/12/errors", () => page([]));
    await renderApp("/imports/12");
    expect(await screen.findByRole("link", { name: "Book Store" })).toHaveAttribute("href", "/stores/7");
  });
});

describe("who may do what with a store", () => {
  test("a viewer sees it and is offered nothing that changes it", async () => {
    api.user = sampleUser("viewer");
    await renderApp("/stores/7?edit=true");
    await screen.findByRole("heading", { name: "Book Store" });
    for (const name of ["New import", "Edit", /^More actions/])
      expect(screen.queryByRole("button", { name })).toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("an operator starts imports and changes nothing else", async () => {
    api.user = sampleUser("operator");
    await renderApp("/stores/7");
    expect(await screen.findByRole("button", { name: "New import" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
  });
});

test("on a phone all tabs are there, and the filters wait behind one button", async () => {
  becomePhone();
  await renderApp("/stores/7?tab=alerts");
  for (const name of ["Overview", "Imports", "Letzshop", "Domains", "Notifications", "Alerts"]) {
    expect(await screen.findByRole("tab", { name })).toBeVisible();
  }
  expect(await screen.findByRole("button", { name: "Filters" })).toBeVisible();
});
