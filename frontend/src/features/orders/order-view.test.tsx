import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { LetzshopRun, OrderDetail } from "@/api/types";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { sampleException, sampleFulfilment, sampleItem, sampleOrderDetail } from "@/testing/order-samples";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/orders/5";
const fulfilment = "POST /api/v1/admin/letzshop/orders/5";
let api: FakeApi;
let order: OrderDetail;
beforeEach(() => {
  api = new FakeApi();
  const units = ["a", "b", "c"].map((id) => ({ id, state: "unconfirmed" }));
  order = sampleOrderDetail({
    id: 5,
    external_order_number: "R5",
    items: [
      sampleItem({ id: 1, product_name: "Confiture", units: units.slice(0, 2), quantity: 2 }),
      sampleItem({ id: 2, product_name: "Miel", units: units.slice(2) }),
    ],
  });
  api.on(`GET ${path}`, () => order);
  api.on("GET /api/v1/admin/letzshop/runs", () => ({ items: [], next_cursor: null }));
});

async function openOrder() {
  const { user } = await renderApp("/orders/5");
  await screen.findByRole("heading", { name: "Order R5", level: 1 });
  return user;
}

const unmatched = () =>
  sampleOrderDetail({
    ...order,
    pending_exception_count: 1,
    items: [sampleItem({ id: 1, product: null, exception: sampleException({ id: 9, order_id: 5 }) })],
  });

describe("what the page tells", () => {
  test("facts, address, items with their products, and the state of every unit", async () => {
    await openOrder();
    const item = screen.getByText("Confiture").closest("tr");
    expect(item).toHaveTextContent("Product 1");
    expect(item).toHaveTextContent("2 unconfirmed");
    expect(screen.getAllByText("€29.90")[0]).toBeVisible();
    expect(screen.getByText(/12 Rue du Fossé/)).toHaveTextContent("Léa Thill 12 Rue du Fossé L-1234 Luxembourg");
    expect(await screen.findByText("Nothing was sent about this order so far.")).toBeVisible();
  });

  test("an item without product leads to its exception", async () => {
    order = unmatched();
    await openOrder();
    const link = screen.getByRole("link", { name: "No product matches" });
    expect(link).toHaveAttribute("href", "/order-exceptions?store=7&exception=9");
  });

  test("an order that came confirmed does not say since when, and what lacks a product holds nothing up", async () => {
    order = { ...unmatched(), status: "processing", confirmed_at: null };
    order.items = order.items.map((item) => ({ ...item, units: [{ id: "a", state: "confirmed" }] }));
    await openOrder();
    expect(screen.getByText("At Letzshop")).toHaveTextContent("At LetzshopTime not known");
    expect(screen.queryByText("Not yet")).toBeNull();
    expect(screen.getByText("The order is confirmed. Only the product of 1 item is unknown.")).toBeVisible();
  });

  test.each(["pending", "cancelled"] as const)("an order that is %s was not confirmed", async (status) => {
    order = { ...order, status, items: [] };
    await openOrder();
    expect(screen.getByText(status === "pending" ? "Not yet" : "–", { selector: "dd span" })).toBeVisible();
    expect(screen.queryByText(/At Letzshop/)).toBeNull();
  });

  test("an order in progress looks other than one that is done", async () => {
    const badgeOf = (words: string) => screen.getByText(words, { selector: "[data-tone]" });
    order = { ...order, status: "processing" };
    await openOrder();
    const [tone, icon] = [badgeOf("In progress").dataset["tone"], badgeOf("In progress").innerHTML];
    order = { ...order, status: "delivered" };
    act(() => FakeEventSource.open[0]?.say("order.changed", { id: 5 }));
    await screen.findByText("Delivered");
    expect(badgeOf("Delivered").dataset["tone"]).not.toBe(tone);
    expect(badgeOf("Delivered").querySelector("svg")?.outerHTML).not.toBe(icon.split("In progress")[0]);
  });

  test("an order that does not exist is told apart from one that cannot be loaded", async () => {
    api.on(`GET ${path}`, () => problem(404));
    await renderApp("/orders/5");
    expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  });

  test("what changes meanwhile shows", async () => {
    await openOrder();
    order = { ...order, status: "shipped" };
    act(() => FakeEventSource.open[0]?.say("order.changed", { id: 5 }));
    expect(await screen.findByText("Shipped")).toBeVisible();
  });
});

describe("confirming", () => {
  test("all units that wait are confirmed, unless some are taken out", async () => {
    api.on(`${fulfilment}/confirm`, () => sampleFulfilment({ id: 1, status: "pending" }));
    const user = await openOrder();
    await user.click(screen.getByRole("button", { name: "Confirm units" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Confirm units" }));
    expect(dialog.getByRole("button", { name: "Confirm 3" })).toBeVisible();
    await user.click(within(dialog.getByRole("group", { name: "Confiture" })).getByLabelText("Piece 2"));
    await user.click(dialog.getByRole("button", { name: "Confirm 2, decline 1" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(api.callsTo(`${fulfilment}/confirm`)[0]?.body).toEqual({ available: ["a", "c"], unavailable: ["b"] });
    expect(screen.getByText("Queued to be sent to Letzshop")).toBeVisible();
  });

  test("while an exception waits it does nothing, says why, and leads there", async () => {
    order = unmatched();
    const user = await openOrder();
    const button = screen.getByRole("button", { name: "Confirm units" });
    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveAccessibleDescription(
      "1 item has no product yet. The order can be confirmed once it is settled.",
    );
    await user.click(button);
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.click(screen.getByRole("link", { name: "Settle exceptions" }));
    await waitFor(() => expect(addressQuery()).toEqual({ store: ["7"], exception: ["9"] }));
  });

  test("what the server refuses stands in the dialog, and the choice stays", async () => {
    api.on(`${fulfilment}/confirm`, () => problem(409, { detail: "Order 5 has 1 exception that is not settled" }));
    const user = await openOrder();
    await user.click(screen.getByRole("button", { name: "Confirm units" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Confirm units" }));
    await user.click(within(dialog.getByRole("group", { name: "Miel" })).getByLabelText("Piece 1"));
    await user.click(dialog.getByRole("button", { name: /^Confirm 2/ }));
    expect(await dialog.findByText("Order 5 has 1 exception that is not settled")).toBeVisible();
    expect(within(dialog.getByRole("group", { name: "Miel" })).getByLabelText("Piece 1")).not.toBeChecked();
  });

  test("is not offered once no unit waits", async () => {
    const confirmed = order.items.map((item) => ({
      ...item,
      units: item.units.map(({ id }) => ({ id, state: "confirmed" })),
    }));
    order = { ...order, status: "processing", items: confirmed };
    await openOrder();
    expect(screen.queryByRole("button", { name: "Confirm units" })).toBeNull();
    expect(screen.getByRole("button", { name: "Set tracking" })).toBeVisible();
  });

  test("whoever may only look is offered nothing", async () => {
    api.user = sampleUser("viewer");
    await openOrder();
    expect(screen.queryByRole("button", { name: "Confirm units" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Set tracking" })).toBeNull();
  });
});

describe("the dialogs", () => {
  test("stand in the address: Back closes one, and a link opens it", async () => {
    order = { ...order, status: "processing" };
    const user = await openOrder();
    await user.click(screen.getByRole("button", { name: "Set tracking" }));
    await screen.findByRole("dialog", { name: "Set tracking" });
    expect(addressQuery()).toEqual({ open: ["tracking"] });
    act(() => window.history.back());
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(window.location.pathname).toBe("/orders/5");
  });

  test("a link to one opens it, unless it has nothing to do", async () => {
    await renderApp("/orders/5?open=confirm");
    expect(await screen.findByRole("dialog", { name: "Confirm units" })).toBeVisible();
    order = unmatched();
    act(() => FakeEventSource.open[0]?.say("order.changed", { id: 5 }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  test("what is queued gets the focus, which outlives the button that queued it", async () => {
    const run = sampleFulfilment({ id: 9, status: "pending", request: { action: "confirm", available: ["a"] } });
    let runs: LetzshopRun[] = [];
    api.on("GET /api/v1/admin/letzshop/runs", () => ({ items: runs, next_cursor: null }));
    api.on(`${fulfilment}/confirm`, () => {
      runs = [run];
      return run;
    });
    const user = await openOrder();
    await user.click(screen.getByRole("button", { name: "Confirm units" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Confirm units" }));
    await user.click(dialog.getByRole("button", { name: "Confirm 3" }));
    await waitFor(() => expect(screen.getByRole("link", { name: "Confirm 1" })).toHaveFocus());
    expect(screen.queryByRole("dialog")).toBeNull();
    order = { ...order, status: "processing", items: [] };
    act(() => FakeEventSource.open[0]?.say("order.changed", { id: 5 }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Confirm units" })).toBeNull());
    expect(screen.getByRole("link", { name: "Confirm 1" })).toHaveFocus();
  });
});

describe("tracking", () => {
  test.each(["pending", "cancelled"] as const)("is not offered for an order that is %s", async (status) => {
    order = { ...order, status };
    await renderApp("/orders/5?open=tracking");
    await screen.findByRole("heading", { name: "Order R5", level: 1 });
    expect(screen.queryByRole("button", { name: "Set tracking" })).toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("both fields are needed, and what the server refuses stands at its field", async () => {
    order = { ...order, status: "processing" };
    api.on(`${fulfilment}/tracking`, () =>
      problem(400, { errors: [{ path: "number", message: "is no tracking number" }] }),
    );
    const user = await openOrder();
    await user.click(screen.getByRole("button", { name: "Set tracking" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Set tracking" }));
    await user.type(dialog.getByLabelText("Carrier"), "Post");
    await user.click(dialog.getByRole("button", { name: "Send" }));
    expect(dialog.getByText("Please fill this in")).toBeVisible();
    await user.type(dialog.getByLabelText("Tracking number"), "LX1");
    await user.click(dialog.getByRole("button", { name: "Send" }));
    expect(await dialog.findByText("Is no tracking number")).toBeVisible();
    expect(dialog.getByLabelText("Tracking number")).toHaveAttribute("aria-invalid", "true");
  });
});

describe("what was sent", () => {
  test("says what, how it went and why it failed, and can be sent again", async () => {
    let status: "failed" | "pending" = "failed";
    api.on("GET /api/v1/admin/letzshop/runs", () => ({
      items: [
        sampleFulfilment({
          id: 8,
          status,
          error_message: "Letzshop answers 502",
          request: { action: "confirm", available: ["a"], unavailable: ["b", "c"] },
        }),
        sampleFulfilment({ id: 7, request: { action: "tracking", provider: "Post", number: "LX1" } }),
      ],
      next_cursor: null,
    }));
    api.on("POST /api/v1/admin/letzshop/runs/8/retry", () => {
      status = "pending";
      return sampleFulfilment({ id: 8, status });
    });
    const user = await openOrder();
    expect(await screen.findByText("Confirm 1, decline 2")).toBeVisible();
    expect(screen.getByText("Letzshop answers 502")).toBeVisible();
    expect(screen.getByText("Tracking LX1 with Post").closest("li")).toHaveTextContent("Completed");
    expect(screen.getByRole("link", { name: "Confirm 1, decline 2" })).toHaveAttribute("href", "/letzshop/runs/8");
    await user.click(screen.getByRole("button", { name: /^Send again: Confirm 1/ }));
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Send again/ })).toBeNull());
    expect(api.callsTo("GET /api/v1/admin/letzshop/runs")[0]?.query.get("order_id")).toBe("5");
  });
});
