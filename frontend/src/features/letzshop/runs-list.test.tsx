import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleRun, sampleStore } from "@/testing/samples";

const list = "GET /api/v1/admin/letzshop/runs";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  api.on("GET /api/v1/admin/stores", () => ({
    items: [sampleStore({ id: 7, name: "Book Store" })],
    next_cursor: null,
  }));
});
const page = (...items: readonly unknown[]) => ({ items, next_cursor: null });

test("each run leads to its page and says what it brought", async () => {
  const synced = sampleRun({ id: 12, orders_processed: 60, orders_created: 20, orders_updated: 3 });
  const quiet = sampleRun({ id: 11, orders_processed: 60, orders_unchanged: 60, store_name: "Toy Store" });
  const failed = sampleRun({ id: 10, status: "failed", error_message: "Letzshop answered 502.", store_name: "Wine" });
  api.on(list, () => page(synced, quiet, failed));
  await renderApp("/letzshop/runs");
  expect(await screen.findByRole("link", { name: "Book Store" })).toHaveAttribute("href", "/letzshop/runs/12");
  expect(screen.getByText("60 orders, 20 new, 3 changed")).toBeVisible();
  expect(screen.getByText("60 orders, nothing new")).toBeVisible();
  expect(screen.getByText("Letzshop answered 502.")).toBeVisible();
});

test("an export says how many products went out, and in which language", async () => {
  const exported = { kind: "export" as const, request: { action: "export", language: "fr" } }; // `as`: the literal
  const done = sampleRun({ id: 12, ...exported, shipments_fetched: 1 });
  const leaving = sampleRun({ id: 11, ...exported, status: "processing", completed_at: null });
  api.on(list, () => page(done, leaving));
  await renderApp("/letzshop/runs");
  expect(await screen.findByText("1 product · French")).toBeVisible();
  expect(screen.getByText("French")).toBeVisible();
  expect(screen.queryByText("No orders")).toBeNull();
});

test("a run that goes on says where it is, and moves on when the stream says so", async () => {
  let run = sampleRun({ id: 12, kind: "history", status: "processing", phase: "confirmed", page: 2 });
  api.on(list, () => page(run));
  await renderApp("/letzshop/runs");
  expect(await screen.findByText("Confirmed orders, page 2")).toBeVisible();
  run = { ...run, phase: "unconfirmed", page: 1, orders_processed: 5, orders_created: 5 };
  act(() => FakeEventSource.open[0]?.say("letzshop.run", { id: 12 }));
  expect(await screen.findByText("Unconfirmed orders, page 1 · 5 orders, 5 new")).toBeVisible();
});

test("kind, status and store limit the list, in the address, and are cleared together", async () => {
  api.on(list, () => page());
  const { user } = await renderApp("/letzshop/runs?kind=history");
  await waitFor(() => expect(api.callsTo(list).at(-1)?.query.getAll("kind")).toEqual(["history"]));
  await user.click(screen.getByRole("button", { name: "Status" }));
  await user.click(await screen.findByLabelText("Failed"));
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Store" }));
  await user.click(await screen.findByLabelText("Book Store"));
  await waitFor(() => expect(addressQuery()).toEqual({ kind: ["history"], status: ["failed"], store: ["7"] }));
  await waitFor(() => expect(api.callsTo(list).at(-1)?.query.toString()).toContain("store_id=7"));
  expect(api.callsTo(list).at(-1)?.query.getAll("status")).toEqual(["failed"]);
  await user.click(await screen.findByRole("button", { name: "Clear filters" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(await screen.findByText("No runs yet")).toBeVisible();
});

test("what the address names that no run can be is dropped", async () => {
  api.on(list, () => page());
  await renderApp("/letzshop/runs?kind=magic&status=failed&store=x");
  await waitFor(() => expect(api.callsTo(list).at(-1)?.query.toString()).toBe("status=failed&limit=50"));
});

test("a list that cannot be loaded says so and can be tried again", async () => {
  api.on(list, () => problem(500));
  const { user } = await renderApp("/letzshop/runs");
  expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeVisible();
  api.on(list, () => page(sampleRun({ id: 12 })));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "Book Store" })).toBeVisible();
});

test("the way back from a run is the list", async () => {
  api.on("GET /api/v1/admin/letzshop/runs/12", () => sampleRun({ id: 12 }));
  await renderApp("/letzshop/runs/12");
  const crumbs = await screen.findByRole("navigation", { name: "Breadcrumb" });
  expect(crumbs).toHaveTextContent("Platform");
  expect(crumbs.querySelector("a")).toHaveAttribute("href", "/letzshop/runs");
  expect(crumbs).toHaveTextContent("#12");
});
