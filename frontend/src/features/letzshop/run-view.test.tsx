import { onlineManager } from "@tanstack/react-query";
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleRun, sampleUser } from "@/testing/samples";
import { readToasts } from "@/ui/toasts";

const path = "/api/v1/admin/letzshop/runs/12";
const history = sampleRun({ id: 12, kind: "history", status: "processing", completed_at: null });
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});
afterEach(() => onlineManager.setOnline(true));

describe("a historical import", () => {
  test("moves through its two phases when the stream says so, and then says how it went", async () => {
    let run = { ...history, phase: "confirmed", page: 2, shipments_fetched: 100, orders_processed: 98 };
    api.on(`GET ${path}`, () => run);
    await renderApp("/letzshop/runs/12");
    const phases = await screen.findByRole("list", { name: "Phases" });
    const [first, second] = within(phases).getAllByRole("listitem");
    expect(first).toHaveTextContent("Confirmed orders page 2");
    expect(first).toHaveAttribute("aria-current", "step");
    expect(second).toHaveTextContent("Unconfirmed orders next");
    expect(screen.getByText("100 shipments fetched, 98 orders processed so far")).toBeVisible();

    run = { ...run, phase: "unconfirmed", page: 1, shipments_fetched: 150, orders_processed: 148 };
    act(() => FakeEventSource.open[0]?.say("letzshop.run", { id: 12 }));
    // Sooner than the poll that stands in for the stream.
    await waitFor(() => expect(second).toHaveTextContent("Unconfirmed orders page 1"), { timeout: 3_000 });
    expect(first).toHaveTextContent("Confirmed orders done");

    run = { ...run, status: "completed", orders_created: 148 };
    act(() => FakeEventSource.open[0]?.say("letzshop.run", { id: 12 }));
    expect(await screen.findByText("Every shipment was taken")).toBeVisible();
    expect(screen.queryByRole("progressbar")).toBeNull();
  });

  test("is cancelled after a question, and then waits for the end of its page", async () => {
    api.on(`GET ${path}`, () => history);
    api.on(`POST ${path}/cancel`, () => ({ ...history, cancel_requested: true }));
    const { user } = await renderApp("/letzshop/runs/12");
    await user.click(await screen.findByRole("button", { name: "Cancel run" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Cancel this run?" }));
    api.on(`GET ${path}`, () => ({ ...history, cancel_requested: true }));
    await user.click(dialog.getByRole("button", { name: "Cancel run" }));
    expect(await screen.findByText("It stops after the present page.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Cancel run" })).toBeDisabled();
  });
});

test("a sync begins with the orders that wait for the shop", async () => {
  api.on(`GET ${path}`, () => ({ ...history, kind: "sync", phase: "unconfirmed" }));
  await renderApp("/letzshop/runs/12");
  const items = within(await screen.findByRole("list", { name: "Phases" })).getAllByRole("listitem");
  expect(items.map(({ textContent }) => textContent)).toEqual(["1Unconfirmed orders begins", "2Confirmed orders next"]);
});

describe("a run that ended", () => {
  const partial = sampleRun({
    id: 12,
    status: "partial",
    error_message: "2 of 60 shipments could not be taken.",
    shipments_fetched: 60,
    orders_processed: 58,
    orders_created: 3,
    orders_updated: 5,
    orders_unchanged: 50,
    error_count: 120,
    errors: [
      { shipment_id: "sh-17", message: "The price cannot be read." },
      { shipment_id: null, message: "Timeout in inventoryUnits." },
    ],
    started_by: null,
    is_on_demand: false,
  });

  test("says of every shipment what became of it, and which could not be taken and why", async () => {
    api.on(`GET ${path}`, () => partial);
    await renderApp("/letzshop/runs/12");
    expect(await screen.findByRole("heading", { name: "Order sync #12" })).toBeVisible();
    const facts = Object.fromEntries(
      screen.getAllByRole("term").map((term) => [term.textContent, term.nextElementSibling?.textContent]),
    );
    expect(facts).toMatchObject({
      Shipments: "60",
      Orders: "58",
      New: "3",
      Changed: "5",
      Unchanged: "50",
      Errors: "120",
      "Started by": "Schedule",
    });
    expect(screen.getByRole("row", { name: /sh-17 ?The price cannot be read/ })).toBeVisible();
    expect(screen.getByRole("row", { name: /Unknown shipment ?Timeout/ })).toBeVisible();
    expect(screen.getByText("The first 2 of 120 are kept.")).toBeVisible();
    expect(screen.getByRole("link", { name: "Book Store" })).toHaveAttribute("href", "/stores/7?tab=letzshop");
  });

  test("and failed can be run again, from where it was", async () => {
    const failed = sampleRun({ id: 12, status: "failed", page: 4, error_message: "Letzshop answered 502." });
    let run = failed;
    api.on(`GET ${path}`, () => run);
    api.on(`POST ${path}/retry`, () => {
      run = { ...failed, status: "pending", error_message: null };
      return Response.json(run, { status: 202 });
    });
    const { user } = await renderApp("/letzshop/runs/12");
    const alert = await screen.findByText("Letzshop answered 502.");
    expect(alert.parentElement).toHaveTextContent(/goes on after the last page/);
    await user.click(screen.getByRole("button", { name: "Run again" }));
    expect(await screen.findByText(/Waiting for its turn/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Cancel run" })).toHaveFocus();
  });

  test("says why it cannot be run again while another does its work", async () => {
    api.on(`GET ${path}`, () => sampleRun({ id: 12, status: "failed" }));
    api.on(`POST ${path}/retry`, () => problem(409, { detail: "Run 14 does what run 12 was to do." }));
    const { user } = await renderApp("/letzshop/runs/12");
    await user.click(await screen.findByRole("button", { name: "Run again" }));
    await waitFor(() => expect(readToasts()[0]?.message).toBe("Run 14 does what run 12 was to do."));
  });
});

test("what was sent to Letzshop is said in words, with its order", async () => {
  const request = { action: "confirm", available: ["a", "b"], unavailable: ["c"] };
  api.on(`GET ${path}`, () => sampleRun({ id: 12, kind: "fulfilment", order_id: 31, request }));
  await renderApp("/letzshop/runs/12");
  expect(await screen.findByText("Confirm 2, decline 1")).toBeVisible();
  expect(screen.getByRole("link", { name: "#31" })).toHaveAttribute("href", "/orders/31");
  expect(screen.queryByText("Shipments")).toBeNull();
});

describe("an export", () => {
  const request = { action: "export", language: "de" };

  test("tells of products, not of orders, and offers nothing that only its download can do", async () => {
    api.on(`GET ${path}`, () => sampleRun({ id: 12, kind: "export", request, shipments_fetched: 1234 }));
    await renderApp("/letzshop/runs/12");
    expect(await screen.findByRole("heading", { name: "Product export #12" })).toBeVisible();
    const facts = Object.fromEntries(
      screen.getAllByRole("term").map((term) => [term.textContent, term.nextElementSibling?.textContent]),
    );
    expect(facts).toMatchObject({ Products: "1,234", "Asked for": "German" });
    expect(Object.keys(facts)).not.toContain("Orders");
    expect(screen.queryByText("Every shipment was taken")).toBeNull();
    expect(screen.queryByRole("button", { name: "Run again" })).toBeNull();
  });

  test("under way is being downloaded, and asks nothing of Letzshop", async () => {
    const run = sampleRun({ id: 12, kind: "export", request, status: "processing", completed_at: null });
    api.on(`GET ${path}`, () => run);
    await renderApp("/letzshop/runs/12");
    expect(await screen.findByText("The products are being downloaded.")).toBeVisible();
    expect(screen.queryByRole("list", { name: "Phases" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Cancel run" })).toBeNull();
  });
});

describe("without the run", () => {
  test("one that does not exist is told apart from one that cannot be loaded", async () => {
    api.on(`GET ${path}`, () => problem(404));
    await renderApp("/letzshop/runs/12");
    expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
  });

  test("a failure says so and can be tried again", async () => {
    api.on(`GET ${path}`, () => problem(500));
    const { user } = await renderApp("/letzshop/runs/12");
    expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeVisible();
    api.on(`GET ${path}`, () => sampleRun({ id: 12 }));
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Order sync #12" })).toBeVisible();
  });

  test("offline it says that the server cannot be reached", async () => {
    api.on("GET /api/v1/admin/letzshop/runs", () => ({ items: [sampleRun({ id: 12 })], next_cursor: null }));
    const { user } = await renderApp("/letzshop/runs");
    const link = await screen.findByRole("link", { name: "Book Store" });
    act(() => onlineManager.setOnline(false));
    await user.click(link);
    expect(await screen.findByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
  });
});

test("a viewer sees the run but can neither cancel it nor run it again", async () => {
  api.user = sampleUser("viewer");
  api.on(`GET ${path}`, () => sampleRun({ id: 12, status: "failed", error_message: "Letzshop answered 502." }));
  await renderApp("/letzshop/runs/12");
  expect(await screen.findByText("Letzshop answered 502.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Run again" })).toBeNull();
});
