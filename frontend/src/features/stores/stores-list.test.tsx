import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleMerchant, sampleStore } from "@/testing/samples";

const list = "GET /api/v1/admin/stores";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  const store = sampleStore({ id: 7, name: "Book Store", is_active: false, merchant_name: "Books & Co" });
  api.on(list, () => ({ items: [store], next_cursor: null }));
  api.on("GET /api/v1/admin/merchants", () => ({
    items: [sampleMerchant({ id: 3, name: "Books & Co" })],
    next_cursor: null,
  }));
});
const asked = () => api.callsTo(list).filter(({ query }) => query.get("limit") === "50");

test("each store leads to its page and to its merchant's, and says whether it is active", async () => {
  await renderApp("/stores");
  expect(await screen.findByRole("link", { name: "Book Store" })).toHaveAttribute("href", "/stores/7");
  expect(screen.getByRole("link", { name: "Books & Co" })).toHaveAttribute("href", "/merchants/3");
  expect(screen.getAllByText("Inactive").some((element) => element.closest("td"))).toBe(true);
});

test("an import is started for the store whose button was pressed", async () => {
  await renderApp("/stores");
  const button = await screen.findByRole("link", { name: "New import: Book Store" });
  expect(button).toHaveAttribute("href", "/stores/7?tab=imports&start=true");
});

test("state and merchant limit the list, in the address, and are cleared together", async () => {
  const { user } = await renderApp("/stores");
  await user.click(await screen.findByRole("button", { name: "Active" }));
  await user.click(screen.getByRole("button", { name: "Merchant" }));
  await user.click(await screen.findByLabelText("Books & Co"));
  await waitFor(() => expect(addressQuery()).toEqual({ active: ["true"], merchant: ["3"] }));
  await waitFor(() => expect(asked().at(-1)?.query.get("merchant_id")).toBe("3"));
  expect(asked().at(-1)?.query.get("is_active")).toBe("true");
  await user.click(screen.getByRole("button", { name: "Clear" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
});

test("filters that match nothing say so and can be cleared", async () => {
  api.on(list, () => ({ items: [], next_cursor: null }));
  const { user } = await renderApp("/stores?active=false");
  expect(await screen.findByText("Nothing matches these filters")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(await screen.findByText("No stores yet")).toBeVisible();
});
