import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleMerchant } from "@/testing/samples";

const list = "GET /api/v1/admin/merchants";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});

test("on narrow screens a merchant is a card, its e-mail on a line of its own", async () => {
  const merchant = sampleMerchant({ id: 3, name: "Books & Co", contact_email: "books@merchant.test" });
  api.on(list, () => ({ items: [merchant], next_cursor: null }));
  await renderApp("/merchants");
  const email = await screen.findByRole("link", { name: "books@merchant.test" });
  expect(email.closest("table")?.className).toMatch(/cards/);
  expect(email.closest("td")?.className).toMatch(/wide/);
});

test("further pages that cannot be loaded are asked for again", async () => {
  let isBroken = true;
  api.on(list, ({ query }) => {
    if (query.get("cursor") === null) return { items: [sampleMerchant({ id: 1, name: "First" })], next_cursor: "more" };
    return isBroken ? problem(503) : { items: [sampleMerchant({ id: 2, name: "Second" })], next_cursor: null };
  });
  const { user } = await renderApp("/merchants");
  await user.click(await screen.findByRole("button", { name: "Load more" }));
  const retry = await screen.findByRole("button", { name: "Try again" });
  expect(screen.getByText("First")).toBeVisible();
  isBroken = false;
  await user.click(retry);
  expect(await screen.findByText("Second")).toBeVisible();
});

test("each merchant leads to its page, and the list can be limited to those in use", async () => {
  api.on(list, () => ({ items: [sampleMerchant({ id: 3, name: "Books & Co" })], next_cursor: null }));
  const { user } = await renderApp("/merchants");
  expect(await screen.findByRole("link", { name: "Books & Co" })).toHaveAttribute("href", "/merchants/3");
  await user.click(screen.getByRole("button", { name: "Active" }));
  await waitFor(() => expect(addressQuery()).toEqual({ active: ["true"] }));
  await waitFor(() => expect(api.callsTo(list).at(-1)?.query.get("is_active")).toBe("true"));
});
