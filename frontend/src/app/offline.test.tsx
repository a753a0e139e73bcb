import { onlineManager } from "@tanstack/react-query";
import { act, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeApi } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleNotification } from "@/testing/samples";

const path = "/api/v1/admin/notifications";
let api: FakeApi;

beforeEach(() => {
  api = new FakeApi();
  api.notifications = [sampleNotification({ id: 1, title: "Feed is empty" })];
});
afterEach(() => onlineManager.setOnline(true));

test("offline, a change fails at once and is taken back", async () => {
  const { user } = await renderApp("/notifications");
  await screen.findByRole("article", { name: "Feed is empty" });
  api.on(`PUT ${path}/{id}/read`, () => {
    throw new TypeError("Failed to fetch");
  });
  act(() => onlineManager.setOnline(false));
  await user.keyboard("je");
  expect(await screen.findByText("Not saved. The list shows the state on the server again.")).toBeVisible();
  const row = screen.getByRole("article", { name: "Feed is empty" });
  expect(within(row).getByRole("img", { name: "Unread" })).toBeVisible();
});

test.each([
  {
    page: "Notifications",
    name: /^Notifications/,
    found: () => screen.findByRole("article", { name: "Feed is empty" }),
  },
  { page: "Merchants", name: "Merchants", found: () => screen.findByText("No merchants yet") },
])(
  "offline, a list that was never loaded says so, and comes once there is a connection: $page",
  async ({ name, found }) => {
    const { user } = await renderApp("/imports");
    await screen.findByText("No imports yet");
    act(() => onlineManager.setOnline(false));
    await user.click(within(screen.getByRole("navigation", { name: "Main" })).getByRole("link", { name }));
    expect(await screen.findByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
    act(() => onlineManager.setOnline(true));
    expect(await found()).toBeVisible();
  },
);
