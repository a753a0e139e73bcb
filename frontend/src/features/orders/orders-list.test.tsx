import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { sampleOrder } from "@/testing/order-samples";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleStore } from "@/testing/samples";

const path = "GET /api/v1/admin/orders";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});

const asked = () => Object.fromEntries(api.callsTo(path).at(-1)?.query ?? []);
const rowOf = (number: string) => screen.getByRole("link", { name: number }).closest("tr");

describe("the list", () => {
  test("an order shows its number, store, customer, state, sum and what has no product", async () => {
    api.on(path, () => ({
      items: [sampleOrder({ id: 1, status: "shipped", pending_exception_count: 2 })],
      next_cursor: null,
    }));
    await renderApp("/orders");
    await screen.findByRole("link", { name: "R1" });
    const row = rowOf("R1");
    for (const text of ["Book Store", "Léa Thill", "Shipped", "€29.90", "2 items without product"])
      expect(row).toHaveTextContent(text);
    expect(screen.getByRole("link", { name: "R1" })).toHaveAttribute("href", "/orders/1");
  });

  test("more is loaded by its cursor", async () => {
    api.on(path, ({ query }) =>
      query.get("cursor") === "c2"
        ? { items: [sampleOrder({ id: 1 })], next_cursor: null }
        : { items: [sampleOrder({ id: 2 })], next_cursor: "c2" },
    );
    const { user } = await renderApp("/orders");
    await user.click(await screen.findByRole("button", { name: "Load more" }));
    expect(await screen.findByRole("link", { name: "R1" })).toBeVisible();
    expect(screen.getByRole("link", { name: "R2" })).toBeVisible();
  });

  test("what the stream says has changed is asked anew", async () => {
    let status: "pending" | "shipped" = "pending";
    api.on(path, () => ({ items: [sampleOrder({ id: 1, status })], next_cursor: null }));
    await renderApp("/orders");
    await screen.findByText("Waiting");
    status = "shipped";
    act(() => FakeEventSource.open[0]?.say("order.changed", { id: 1 }));
    expect(await screen.findByText("Shipped")).toBeVisible();
  });

  test("without any order it says where they come from, and what cannot be loaded can be tried again", async () => {
    let answer: () => unknown = () => problem(500);
    api.on(path, () => answer());
    const { user } = await renderApp("/orders");
    await screen.findByRole("heading", { name: "This could not be loaded" });
    answer = () => ({ items: [], next_cursor: null });
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "No orders yet" })).toBeVisible();
  });
});

describe("the filters", () => {
  test("the address decides what is asked", async () => {
    await renderApp("/orders?status=pending&store=7&channel=letzshop&exceptions=true&q=R1&since=2026-03-01");
    await screen.findByRole("heading", { name: "Nothing matches these filters" });
    expect(asked()).toMatchObject({
      status: "pending",
      store_id: "7",
      channel: "letzshop",
      has_exceptions: "true",
      q: "R1",
    });
    expect(new Date(asked()["since"] ?? "").getTime()).toBe(new Date("2026-03-01T00:00:00").getTime());
  });

  test("what is chosen stands in the address, and is cleared from there", async () => {
    api.on("GET /api/v1/admin/stores", () => ({
      items: [sampleStore({ id: 7, name: "Book Store" })],
      next_cursor: null,
    }));
    const { user } = await renderApp("/orders");
    await user.click(await screen.findByRole("button", { name: "With exceptions" }));
    await user.click(screen.getByRole("button", { name: "Status" }));
    await user.click(within(await screen.findByRole("dialog", { name: "Status" })).getByLabelText("In progress"));
    await user.type(screen.getByRole("searchbox", { name: /^Search number/ }), "R1{Enter}");
    await waitFor(() => expect(addressQuery()).toEqual({ exceptions: ["true"], status: ["processing"], q: ["R1"] }));
    await user.click(screen.getByText("Clear"));
    await waitFor(() => expect(addressQuery()).toEqual({}));
    expect(screen.getByRole("button", { name: "All" })).toHaveAttribute("aria-pressed", "true");
  });

  test("a value that means nothing is dropped", async () => {
    await renderApp("/orders?status=lost&exceptions=perhaps&store=x");
    await screen.findByRole("heading", { name: "No orders yet" });
    expect(asked()).toEqual({ limit: "50" });
  });
});
