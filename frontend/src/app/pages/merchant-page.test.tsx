import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { Merchant } from "@/api/types";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleMerchant, samplePlatformUser, sampleStore, sampleUser } from "@/testing/samples";

const one = "GET /api/v1/admin/merchants/{id}";
const patch = "PATCH /api/v1/admin/merchants/{id}";
let api: FakeApi;
let merchant: Merchant;
beforeEach(() => {
  api = new FakeApi();
  merchant = sampleMerchant({ id: 3, name: "Books & Co", store_count: 2, website: "https://books.test" });
  api.on(one, () => merchant);
  api.on(patch, ({ body }) => {
    merchant = { ...merchant, ...(body as Partial<Merchant>) };
    return merchant;
  });
});
const sent = () => api.callsTo("PATCH /api/v1/admin/merchants/3").map(({ body }) => body);

describe("the page of a merchant", () => {
  test("shows what is known of the merchant, and says what is not", async () => {
    await renderApp("/merchants/3");
    expect(await screen.findByRole("heading", { name: "Books & Co", level: 1 })).toBeVisible();
    expect(screen.getByText("2 stores")).toBeVisible();
    expect(screen.getByRole("link", { name: "https://books.test" })).toHaveAttribute("href", "https://books.test");
    expect(screen.getByText("Phone").nextElementSibling).toHaveTextContent("Not set");
  });

  test("names the owner, who can be changed for another person", async () => {
    merchant = { ...merchant, owner_user_id: 1, owner: { id: 1, name: "Anne Weber" } };
    const people = [
      samplePlatformUser({ id: 1, name: "Anne Weber" }),
      samplePlatformUser({ id: 2, name: "Ben Thill" }),
    ];
    api.on("GET /api/v1/admin/users", () => ({ items: people, next_cursor: null }));
    const { user } = await renderApp("/merchants/3");
    expect((await screen.findByText("Owner")).nextElementSibling).toHaveTextContent("Anne Weber");
    await user.click(screen.getByRole("button", { name: "Edit" }));
    const owner = await screen.findByRole("combobox", { name: "Owner" });
    expect(owner).toHaveValue("Anne Weber");
    await user.clear(owner);
    await user.type(owner, "Ben");
    await user.click(await screen.findByRole("option", { name: "Ben Thill" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent()).toEqual([{ owner_user_id: 2 }]));
  });

  test("lists the merchant's stores alone, filtered in this page's address", async () => {
    api.on("GET /api/v1/admin/stores", () => ({
      items: [sampleStore({ id: 7, name: "Book Store" })],
      next_cursor: null,
    }));
    const { user } = await renderApp("/merchants/3");
    await user.click(await screen.findByRole("tab", { name: /^Stores/ }));
    expect(await screen.findByRole("link", { name: "Book Store" })).toHaveAttribute("href", "/stores/7");
    expect(screen.queryByRole("button", { name: "Merchant" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Inactive" }));
    await waitFor(() => expect(addressQuery()).toEqual({ tab: ["stores"], active: ["false"] }));
    await waitFor(() => expect(api.callsTo("GET /api/v1/admin/stores").at(-1)?.query.get("is_active")).toBe("false"));
    expect(api.callsTo("GET /api/v1/admin/stores").at(-1)?.query.getAll("merchant_id")).toEqual(["3"]);
  });

  test("a store that is created here belongs to this merchant, and is counted", async () => {
    api.on("GET /api/v1/admin/merchants", () => ({ items: [merchant], next_cursor: null }));
    api.on("POST /api/v1/admin/stores", () => {
      merchant = { ...merchant, store_count: 3 };
      return sampleStore({ id: 9, name: "Comics" });
    });
    const { user } = await renderApp("/merchants/3");
    await user.click(await screen.findByRole("button", { name: "New store" }));
    const dialog = within(await screen.findByRole("dialog", { name: "New store" }));
    await waitFor(() => expect(dialog.getByRole("combobox", { name: "Merchant" })).toHaveValue("Books & Co"));
    await user.type(dialog.getByLabelText("Name"), "Comics");
    await user.click(dialog.getByRole("button", { name: "Create" }));
    expect(await screen.findByText("3 stores")).toBeVisible();
    expect(api.callsTo("POST /api/v1/admin/stores")[0]?.body).toMatchObject({ merchant_id: 3, name: "Comics" });
  });

  test("an unknown merchant is not found, within the shell", async () => {
    api.on(one, () => problem(404));
    await renderApp("/merchants/3");
    expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
    expect(screen.getByRole("navigation", { name: "Main" })).toBeVisible();
  });

  test("a viewer is offered nothing that changes it", async () => {
    api.user = sampleUser("viewer");
    await renderApp("/merchants/3");
    await screen.findByRole("heading", { name: "Books & Co" });
    for (const name of ["New store", "Edit", /^More actions/])
      expect(screen.queryByRole("button", { name })).toBeNull();
  });
});

describe("a merchant that is changed", () => {
  test("sends what has changed and nothing else", async () => {
    const { user } = await renderApp("/merchants/3?edit=true");
    const dialog = within(await screen.findByRole("dialog", { name: "Edit merchant" }));
    await user.type(dialog.getByLabelText("Tax number"), "LU123");
    await user.clear(dialog.getByLabelText("Website"));
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Books & Co saved")).toBeVisible();
    expect(sent()).toEqual([{ tax_number: "LU123", website: null }]);
    expect(await screen.findByText("LU123")).toBeVisible();
  });

  test("is taken out of use once it was said what happens", async () => {
    const { user } = await renderApp("/merchants/3");
    await user.click(await screen.findByRole("button", { name: "More actions: Books & Co" }));
    await user.click(await screen.findByRole("menuitem", { name: "Deactivate" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Deactivate Books & Co?" }));
    expect(dialog.getByText(/scheduled work of its stores stops/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Deactivate" }));
    expect(await screen.findByText("Books & Co is inactive")).toBeVisible();
    expect(sent()).toEqual([{ is_active: false }]);
  });
});
