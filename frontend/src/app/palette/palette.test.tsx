import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleImport, sampleStore, sampleUser } from "@/testing/samples";

let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  const stores = [
    sampleStore({ id: 7, name: "Book Store", store_code: "BOOKS" }),
    sampleStore({ id: 8, name: "Wine Cellar", store_code: "WINE" }),
  ];
  api.on("GET /api/v1/admin/stores", () => ({ items: stores, next_cursor: null }));
  const job = sampleImport({ id: 12, store_name: "Book Store", status: "failed" });
  api.on("GET /api/v1/admin/imports", () => ({ items: [job], next_cursor: null }));
});

async function openPalette() {
  const { user } = await renderApp("/merchants");
  await screen.findByRole("heading", { name: "Merchants" });
  await user.keyboard("{Control>}k{/Control}");
  const search = await screen.findByPlaceholderText("Where to, or what to do?");
  await waitFor(() => expect(search).toHaveFocus());
  return { user, palette: within(screen.getByRole("dialog")) };
}

const commands = ({ palette }: Pick<Awaited<ReturnType<typeof openPalette>>, "palette">) =>
  palette.getAllByRole("button").map(({ textContent }) => textContent.trim());

test("Ctrl K opens it from anywhere, typing narrows it and Enter runs the first that is left", async () => {
  const { user, palette } = await openPalette();
  expect(palette.getByRole("button", { name: "Imports" })).toBeVisible();
  await user.paste("alerts critical");
  await waitFor(() => expect(commands({ palette })[0]).toBe("Show open critical alerts"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(window.location.pathname).toBe("/notifications"));
  expect(addressQuery()).toEqual({ tab: ["alerts"], status: ["active"], severity: ["critical"] });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("stores are found by name or code once something is typed, and lead to their pages", async () => {
  api.on("GET /api/v1/admin/stores/8", () => sampleStore({ id: 8, name: "Wine Cellar" }));
  const { user, palette } = await openPalette();
  expect(palette.queryByText("Wine Cellar")).toBeNull();
  await user.paste("WINE");
  await user.click(await palette.findByText("Wine Cellar"));
  expect(await screen.findByRole("heading", { name: "Wine Cellar" })).toBeVisible();
  expect(window.location.pathname).toBe("/stores/8");
});

test("recent imports are listed with their state and lead to their pages", async () => {
  api.on("GET /api/v1/admin/imports/12", () => sampleImport({ id: 12 }));
  api.on("GET /api/v1/admin/imports/12/errors", () => ({ items: [], next_cursor: null }));
  const { user, palette } = await openPalette();
  await user.click(await palette.findByRole("button", { name: "#12 · Book Store Failed" }));
  await waitFor(() => expect(window.location.pathname).toBe("/imports/12"));
});

test("words that name nothing can be searched for among the notifications and the orders", async () => {
  const { user, palette } = await openPalette();
  await user.paste("gtin 5450");
  await waitFor(() =>
    expect(commands({ palette })).toEqual(["Search notifications for “gtin 5450”", "Search orders for “gtin 5450”"]),
  );
  await user.click(palette.getByRole("button", { name: "Search notifications for “gtin 5450”" }));
  await waitFor(() => expect(addressQuery()).toEqual({ q: ["gtin 5450"] }));
});

test("an administrator is offered to write a notification, and the dialog opens", async () => {
  const { user, palette } = await openPalette();
  await user.click(palette.getByRole("button", { name: "Write a notification" }));
  expect(await screen.findByRole("dialog", { name: "New notification" })).toBeVisible();
});

test("a viewer is offered no command that changes anything", async () => {
  api.user = sampleUser("viewer");
  const { palette } = await openPalette();
  const offered = commands({ palette });
  expect(offered).toContain("Show unread notifications");
  for (const name of ["Start an import", "Write a notification", "Create a store", "API keys", "Audit log"]) {
    expect(offered).not.toContain(name);
  }
});

test("Escape closes it and nothing has happened", async () => {
  const { user } = await openPalette();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(window.location.pathname).toBe("/merchants");
});
