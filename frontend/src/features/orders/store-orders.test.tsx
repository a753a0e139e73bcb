import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi } from "@/testing/fake-api";
import { sampleOrder } from "@/testing/order-samples";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleStore } from "@/testing/samples";

const path = "GET /api/v1/admin/orders";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  api.on("GET /api/v1/admin/stores/7", () => sampleStore({ id: 7, name: "Book Store" }));
  api.on(path, () => ({ items: [sampleOrder({ id: 1 })], next_cursor: null }));
});

test("a store's tab lists its orders alone, and keeps their filters in the address", async () => {
  const { user } = await renderApp("/stores/7?tab=orders&store=8");
  expect(await screen.findByRole("link", { name: "R1" })).toHaveAttribute("href", "/orders/1");
  expect(screen.queryByRole("button", { name: "Store" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "With exceptions" }));
  await waitFor(() => expect(addressQuery()).toEqual({ tab: ["orders"], exceptions: ["true"] }));
  await waitFor(() => expect(api.callsTo(path).at(-1)?.query.get("has_exceptions")).toBe("true"));
  expect(api.callsTo(path).map(({ query }) => query.get("store_id"))).toEqual(["7", "7"]);
});
