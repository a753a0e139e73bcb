import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi } from "@/testing/fake-api";
import { installUploads } from "@/testing/fake-upload";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleAlert, sampleImport, sampleStore } from "@/testing/samples";

let api: FakeApi;
beforeEach(() => {
  installUploads();
  api = new FakeApi();
});

async function goBack() {
  const arrived = new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));
  await act(async () => {
    window.history.back();
    await arrived;
  });
}

const focused = () => document.activeElement as HTMLElement;

test.each([
  { at: "/notifications", button: "New notification" },
  { at: "/imports", button: "New import" },
  { at: "/stores", button: "New store" },
  { at: "/merchants", button: "New merchant" },
])("Back after a closed dialog leaves the page, and does not open it again: $button", async ({ at, button }) => {
  const { user, router } = await renderApp("/account");
  await act(() => router.navigate({ href: at }));
  await user.click((await screen.findAllByRole("button", { name: button }))[0] ?? document.body);
  const dialog = within(await screen.findByRole("dialog", { name: button }));
  expect(addressQuery()).not.toEqual({});
  await waitFor(() =>
    expect(dialog.getByRole("button", { name: "Cancel" }).closest("section")).toContainElement(focused()),
  );
  // Twice, as by who is in a hurry: the second one closes nothing more.
  await user.keyboard("{Escape}{Escape}");
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(window.location.pathname).toBe(at);
  await goBack();
  expect(window.location.pathname).toBe("/account");
});

test("a dialog that a link opened is closed in its place", async () => {
  const { user } = await renderApp("/merchants?create=true");
  const dialog = within(await screen.findByRole("dialog", { name: "New merchant" }));
  const before = window.history.length;
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(window.location.pathname).toBe("/merchants");
  expect(window.history.length).toBe(before);
});

test("Back after a closed alert leads to what was before the list", async () => {
  const alert = sampleAlert({ id: 9, title: "Feed is broken" });
  api.on("GET /api/v1/admin/notifications/alerts", () => ({ items: [alert], next_cursor: null }));
  api.on("GET /api/v1/admin/notifications/alerts/9", () => alert);
  const { user, router } = await renderApp("/account");
  await act(() => router.navigate({ href: "/notifications?tab=alerts" }));
  const row = await screen.findByRole("article", { name: "Feed is broken" });
  await user.click(within(row).getByText("Feed is broken"));
  const drawer = within(await screen.findByRole("dialog", { name: /^Platform alert/ }));
  await user.click(drawer.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(addressQuery()).toEqual({ tab: ["alerts"] }));
  await goBack();
  expect(window.location.pathname).toBe("/account");
});

test("Back from a started import leads to the list, without the dialog", async () => {
  const job = sampleImport({ id: 12 });
  api.on("GET /api/v1/admin/stores", () => ({
    items: [sampleStore({ id: 7, name: "Book Store" })],
    next_cursor: null,
  }));
  api.on("GET /api/v1/admin/imports/12", () => job);
  api.on("GET /api/v1/admin/imports/12/errors", () => ({ items: [], next_cursor: null }));
  api.on("POST /api/v1/admin/imports", () => Response.json(job, { status: 202 }));
  const { user } = await renderApp("/imports");
  await user.click((await screen.findAllByRole("button", { name: "New import" }))[0] ?? document.body);
  const dialog = within(await screen.findByRole("dialog", { name: "New import" }));
  await user.click(dialog.getByRole("combobox", { name: "Store" }));
  await user.click(await screen.findByRole("option", { name: "Book Store" }));
  await user.click(dialog.getByRole("button", { name: "Web address" }));
  await user.click(dialog.getByRole("textbox", { name: "Web address" }));
  await user.paste("https://shop.test/products.tsv");
  await user.click(dialog.getByRole("button", { name: "Start import" }));
  await screen.findByRole("heading", { name: "Import #12" });
  await goBack();
  expect(window.location.pathname).toBe("/imports");
  expect(addressQuery()).toEqual({});
});
