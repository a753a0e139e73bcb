import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { StoreSummary, SummaryItem } from "@/api/types";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleSummary } from "@/testing/samples";

const path = "/api/v1/admin/delivery/summary";
const HOUR = 3_600_000;
const kept = "tocsin-presence-1";
let api: FakeApi;

const item = (part: Partial<SummaryItem> & { id: number }): SummaryItem => ({
  store_count: null,
  at: "2026-03-02T09:30:00Z",
  by: null,
  count: 1,
  kind: "notification",
  priority: "high",
  title: `Item ${part.id}`,
  ...part,
});

const store = (part: Partial<StoreSummary>): StoreSummary => ({
  handled: [],
  healed: [],
  more: { open: 0, healed: 0, handled: 0 },
  open: [],
  store_id: 7,
  store_name: "Book Store",
  ...part,
});

const happened = sampleSummary({
  from: "2026-03-01T17:00:00Z",
  to: "2026-03-02T10:00:00Z",
  open_count: 6,
  healed_count: 1,
  handled_count: 1,
  stores: [
    store({
      open: [
        item({ id: 1, kind: "alert", title: "Feed is broken", priority: "critical", count: 14 }),
        ...[2, 3, 4].map((id) => item({ id })),
      ],
      more: { open: 2, healed: 0, handled: 0 },
    }),
    store({
      store_id: null,
      store_name: null,
      healed: [item({ id: 8, title: "Search is slow", by: "import 12", store_count: 12 })],
      handled: [item({ id: 9, title: "Disk is full", by: "Léa Thill" })],
    }),
  ],
});

beforeEach(() => {
  api = new FakeApi();
  api.on(`GET ${path}`, () => happened);
});

const panel = () => screen.findByRole("region", { name: "Since you left" });
const noPanel = () => expect(screen.queryByRole("region", { name: "Since you left" })).toBeNull();
const asked = () => api.callsTo(`GET ${path}`).map(({ query }) => query.get("since"));

test("who comes back sees how much happened, and by store what is open, healed or handled", async () => {
  const { user } = await renderApp("/notifications");
  const shown = within(await panel());
  expect(asked()).toEqual([null]);
  const counts = shown.getAllByRole("term").map((term) => [term.textContent, term.nextSibling?.textContent]);
  expect(counts).toEqual([
    ["Still open", "6"],
    ["Healed by itself", "1"],
    ["Handled", "1"],
  ]);
  await user.click(shown.getByRole("button", { name: "Show what happened" }));
  const books = within(shown.getByRole("region", { name: "Book Store" }));
  expect(books.getAllByRole("listitem")).toHaveLength(3);
  expect(books.getByText("and 3 more")).toBeVisible();
  expect(books.getByRole("link", { name: "Feed is broken" })).toHaveAttribute(
    "href",
    expect.stringMatching(/alert=1$/),
  );
  expect(books.getByRole("link", { name: "Item 2" })).toHaveAttribute("href", "/notifications?q=Item+2&store=7");
  const platform = within(shown.getByRole("region", { name: "Platform" }));
  expect(platform.getByText("by import 12")).toBeVisible();
  expect(platform.getByText("12 stores")).toBeVisible();
  expect(platform.getByText("by Léa Thill")).toBeVisible();
});

test("once dismissed it is gone, also after a reload", async () => {
  const { user } = await renderApp("/notifications");
  await user.click(within(await panel()).getByRole("button", { name: "Dismiss “Since you left”" }));
  await waitFor(noPanel);
  await renderApp("/notifications");
  await screen.findAllByRole("heading", { name: "Notifications" });
  noPanel();
  expect(asked()).toHaveLength(1);
});

test("what the server tells of a day is called so, and nobody is said to have left", async () => {
  api.on(`GET ${path}`, () => ({ ...happened, from: "2026-03-01T10:00:00Z", to: "2026-03-02T10:00:00Z" }));
  const { user } = await renderApp("/notifications");
  const day = within(await screen.findByRole("region", { name: "In the last 24 hours" }));
  await user.click(day.getByRole("button", { name: "Dismiss “In the last 24 hours”" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "In the last 24 hours" })).toBeNull());
  expect(screen.getByRole("main")).toHaveFocus();
  await user.click(screen.getByRole("link", { name: "What happened" }));
  expect(await screen.findByRole("tab", { name: "24 hours" })).toHaveAttribute("aria-selected", "true");
  expect(screen.queryByRole("tab", { name: "Since you left" })).toBeNull();
});

test("the page calls it as the panel does that led there", async () => {
  api.on(`GET ${path}`, () => ({ ...happened, from: "2026-03-01T10:00:00Z", to: "2026-03-02T10:00:00Z" }));
  const { user } = await renderApp("/notifications");
  const day = within(await screen.findByRole("region", { name: "In the last 24 hours" }));
  await user.click(day.getByRole("button", { name: "Show what happened" }));
  await user.click(day.getByRole("link", { name: "All of it" }));
  expect(await screen.findByRole("tab", { name: "24 hours" })).toHaveAttribute("aria-selected", "true");
  expect(screen.queryByRole("tab", { name: "Since you left" })).toBeNull();
});

test("whoever was here a moment ago is told nothing", async () => {
  localStorage.setItem(kept, `${Date.now() - 60_000},`);
  await renderApp("/notifications");
  await waitFor(() =>
    expect(Number.parseInt(localStorage.getItem(kept) ?? "", 10)).toBeGreaterThan(Date.now() - 50_000),
  );
  noPanel();
  expect(asked()).toEqual([]);
});

test("after hours away it is what happened since then", async () => {
  const left = Date.now() - 9 * HOUR;
  localStorage.setItem(kept, `${left},`);
  await renderApp("/notifications");
  await panel();
  expect(asked()).toEqual([new Date(left).toISOString()]);
});

test("that nothing happened stands in the room that was kept, and is no news the next time", async () => {
  api.on(`GET ${path}`, () => sampleSummary());
  const { user } = await renderApp("/notifications");
  const shown = await panel();
  expect(shown).toHaveTextContent("Nothing happened");
  await waitFor(() => expect(localStorage.getItem(kept)).toMatch(/^\d+,$/));
  expect(shown).toBeVisible();
  await user.click(await screen.findByRole("link", { name: "Merchants" }));
  await user.click(await screen.findByRole("link", { name: /^Notifications/ }));
  expect(await screen.findByRole("heading", { name: "All quiet" })).toBeVisible();
  noPanel();
});

test("a summary that cannot be loaded does not disturb the inbox, and can be asked for again", async () => {
  api.on(`GET ${path}`, () => problem(500));
  const { user } = await renderApp("/notifications");
  const shown = within(await screen.findByRole("region", { name: "What happened" }));
  expect(await screen.findByRole("heading", { name: "All quiet" })).toBeVisible();
  api.on(`GET ${path}`, () => happened);
  await user.click(shown.getByRole("button", { name: "Try again" }));
  expect(within(await panel()).getByText("Still open")).toBeVisible();
});

test("the page tells all of it at any time, for as long as one asks", async () => {
  const { user } = await renderApp("/summary");
  const books = within(await screen.findByRole("region", { name: "Book Store" }));
  expect(books.getAllByRole("listitem")).toHaveLength(4);
  expect(books.getByText("and 2 more")).toBeVisible();
  await user.click(screen.getByRole("tab", { name: "7 days" }));
  await waitFor(() => expect(addressQuery()).toEqual({ period: ["week"] }));
  await waitFor(() => expect(asked()).toHaveLength(2));
  const since = Date.parse(asked()[1] ?? "");
  expect(Math.abs(Date.now() - since - 7 * 24 * HOUR)).toBeLessThan(60_000);
});

test("the page says that nothing happened, and what is wrong when it cannot be loaded", async () => {
  api.on(`GET ${path}`, ({ query }) => (query.has("since") ? problem(500) : sampleSummary()));
  const { user } = await renderApp("/summary");
  expect(await screen.findByRole("heading", { name: "Nothing happened" })).toBeVisible();
  await user.click(screen.getByRole("tab", { name: "31 days" }));
  expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeVisible();
  const furthest = Date.parse(asked().at(-1) ?? "");
  expect(Date.now() - furthest).toBeLessThan(31 * 24 * HOUR);
});
