import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi, held } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/api-keys";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  api.user = sampleUser("admin");
  api.on(`GET ${path}`, () => ({ items: [], next_cursor: null }));
});

async function goBack(history: { back: () => void }) {
  const popped = new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));
  history.back();
  await popped;
}

test("a new key is not lost by Back, neither while it is made nor before it was confirmed", async () => {
  const wait = held<unknown>();
  api.on(`POST ${path}`, () => wait.promise);
  const { user, router } = await renderApp("/notifications");
  await user.click(await screen.findByRole("link", { name: "API keys" }));
  const [create = document.body] = await screen.findAllByRole("button", { name: "New key" });
  await user.click(create);
  const form = within(await screen.findByRole("dialog", { name: "New key" }));
  await user.type(form.getByLabelText("Name"), "Monitor");
  await user.click(form.getByRole("button", { name: "Create" }));
  await goBack(router.history);
  wait.release({ id: 3, key: "tcs_abc" });
  const shown = within(await screen.findByRole("dialog", { name: "Copy the key now" }));
  await goBack(router.history);
  await waitFor(() => expect(window.location.pathname).toBe("/api-keys"));
  expect(shown.getByLabelText("API key")).toHaveValue("tcs_abc");
  await user.click(shown.getByRole("button", { name: "Done" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
