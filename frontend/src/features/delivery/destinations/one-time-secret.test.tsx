import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { sampleDestination } from "@/testing/delivery-samples";
import { FakeApi, held, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";

const path = "/api/v1/admin/delivery/destinations";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  api.on(`GET ${path}`, () => ({ items: [sampleDestination({ id: 5, name: "Tickets" })], next_cursor: null }));
});

const secretOf = (name: string) => screen.findByRole("dialog", { name: `Signing secret of ${name}` });

async function openForm() {
  const app = await renderApp("/delivery/destinations");
  await app.user.click(await screen.findByRole("button", { name: "Add destination" }));
  const form = within(await screen.findByRole("dialog", { name: "New destination" }));
  await app.user.type(form.getByLabelText("Name"), "Monitor");
  await app.user.type(form.getByLabelText("Address"), "https://example.com/hook");
  return { ...app, form };
}

test("a sheet with something typed asks before it closes, and staying keeps it", async () => {
  const { user, form, router } = await openForm();
  await user.keyboard("{Escape}");
  await user.click(await screen.findByRole("button", { name: "Stay" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Stay" })).toBeNull());
  router.history.back();
  await screen.findByRole("button", { name: "Stay" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Stay" })).toBeNull());
  expect(form.getByLabelText("Name")).toHaveValue("Monitor");
  await user.click(form.getByRole("button", { name: "Cancel" }));
  await user.click(await screen.findByRole("button", { name: "Discard changes" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
});

test("a new webhook's secret is not lost by leaving while it is made, nor by Back before it was confirmed", async () => {
  const wait = held<unknown>();
  api.on(`POST ${path}`, () => wait.promise);
  const { user, form, router } = await openForm();
  await user.click(form.getByRole("button", { name: "Add destination" }));
  await user.keyboard("{Escape}");
  router.history.back();
  wait.release({ ...sampleDestination({ id: 6, name: "Monitor" }), secret: "whsec_abc" });
  const secret = within(await secretOf("Monitor"));
  const popped = new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));
  router.history.back();
  await popped;
  await waitFor(() => expect(addressQuery()).toEqual({ create: ["true"] }));
  expect(secret.getByLabelText("Signing secret")).toHaveValue("whsec_abc");
  await user.click(secret.getByRole("button", { name: "Done" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
});

test("a secret that is being exchanged is waited for, and nothing of it is kept afterwards", async () => {
  const wait = held<unknown>();
  api.on(`POST ${path}/{id}/rotate-secret`, () => wait.promise);
  const { user, queryClient } = await renderApp("/delivery/destinations");
  await user.click(await screen.findByRole("button", { name: "More actions: Tickets" }));
  await user.click(await screen.findByRole("menuitem", { name: "Rotate secret" }));
  const question = within(await screen.findByRole("dialog", { name: /Tickets/ }));
  await user.click(question.getByRole("button", { name: "Rotate secret" }));
  await user.keyboard("{Escape}");
  wait.release({ ...sampleDestination({ id: 5, name: "Tickets" }), secret: "whsec_new" });
  const secret = within(await secretOf("Tickets"));
  await user.click(secret.getByRole("button", { name: "Done" }));
  await waitFor(() => expect(queryClient.getMutationCache().getAll()).toEqual([]));
});

test("a new secret stays on view when its destination goes from the list meanwhile", async () => {
  api.on(`POST ${path}/{id}/rotate-secret`, () => {
    api.on(`GET ${path}`, () => ({ items: [], next_cursor: null }));
    return { ...sampleDestination({ id: 5, name: "Tickets" }), secret: "whsec_new" };
  });
  const { user } = await renderApp("/delivery/destinations");
  await user.click(await screen.findByRole("button", { name: "More actions: Tickets" }));
  await user.click(await screen.findByRole("menuitem", { name: "Rotate secret" }));
  const question = within(await screen.findByRole("dialog", { name: /Tickets/ }));
  await user.click(question.getByRole("button", { name: "Rotate secret" }));
  expect(await screen.findByText("No destinations yet")).toBeInTheDocument();
  expect(within(await secretOf("Tickets")).getByLabelText("Signing secret")).toHaveValue("whsec_new");
});

test("what the server has against a part without a field is said above the form", async () => {
  api.on(`POST ${path}`, () => problem(400, { errors: [{ path: "types.0", message: "there is no type x" }] }));
  const { user, form } = await openForm();
  await user.click(form.getByRole("button", { name: "Add destination" }));
  expect(await form.findByText("There is no type x")).toBeVisible();
});
