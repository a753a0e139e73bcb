import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { becomePhone } from "@/testing/browser";
import { FakeApi } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleAlert, sampleNotification } from "@/testing/samples";

let api: FakeApi;
beforeEach(() => {
  becomePhone();
  api = new FakeApi();
  api.notifications = [
    sampleNotification({ id: 2, title: "Feed is empty", priority: "critical" }),
    sampleNotification({ id: 1, title: "Price changed" }),
  ];
});

test("all filters wait behind one button, act at once and are counted on it", async () => {
  const { user } = await renderApp("/notifications");
  await screen.findByRole("article", { name: "Price changed" });
  expect(screen.queryByRole("button", { name: "Priority" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Filters" }));
  const sheet = within(await screen.findByRole("dialog", { name: "Filters" }));
  await user.click(sheet.getByRole("button", { name: "Unread" }));
  await user.click(within(sheet.getByRole("group", { name: "Priority" })).getByLabelText("Critical"));
  await waitFor(() => expect(addressQuery()).toEqual({ status: ["unread"], priority: ["critical"] }));
  await waitFor(() => expect(screen.queryByRole("article", { name: "Price changed" })).toBeNull());
  await user.click(sheet.getByRole("button", { name: "Done" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByRole("button", { name: "Filters · 2" })).toBeVisible();
});

test("the sheet's Clear takes every filter out of the address", async () => {
  const { user } = await renderApp("/notifications?priority=critical&since=2026-03-01");
  await user.click(await screen.findByRole("button", { name: "Filters · 2" }));
  const sheet = within(await screen.findByRole("dialog", { name: "Filters" }));
  await user.click(sheet.getByRole("button", { name: "Clear filters" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(sheet.queryByRole("button", { name: "Clear filters" })).toBeNull();
});

test("the bell is a sheet from below, with the same list", async () => {
  const { user } = await renderApp("/merchants");
  await user.click(await screen.findByRole("button", { name: "Notifications, 2 unread" }));
  const sheet = within(await screen.findByRole("dialog", { name: /^Notifications/ }));
  expect(await sheet.findByText("Feed is empty")).toBeVisible();
  await user.click(sheet.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the menu waits behind the burger and closes when a page is chosen", async () => {
  const { user } = await renderApp("/merchants");
  expect(await screen.findByRole("heading", { name: "Merchants" })).toBeVisible();
  expect(screen.queryByRole("navigation", { name: "Main" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Open menu" }));
  const menu = within(await screen.findByRole("navigation", { name: "Main" }));
  await user.click(menu.getByRole("link", { name: "Imports" }));
  await waitFor(() => expect(window.location.pathname).toBe("/imports"));
  await waitFor(() => expect(screen.queryByRole("navigation", { name: "Main" })).toBeNull());
});

test("an alert's sheet leaves the keyboard down until a field is touched", async () => {
  api.on("GET /api/v1/admin/notifications/alerts/9", () => sampleAlert({ id: 9 }));
  await renderApp("/notifications?tab=alerts&alert=9");
  expect(await screen.findByRole("textbox", { name: "Resolution notes" })).not.toHaveFocus();
});
