import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { sampleDestination } from "@/testing/delivery-samples";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleStore } from "@/testing/samples";

const path = "/api/v1/admin/delivery/destinations";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  api.on(`GET ${path}`, () => ({ items: [sampleDestination({ id: 5, name: "Tickets" })], next_cursor: null }));
  api.on("GET /api/v1/admin/stores", () => ({
    items: [sampleStore({ id: 7, name: "Book Store" })],
    next_cursor: null,
  }));
});

const sheet = (name: string) => screen.findByRole("dialog", { name });

test("a new webhook is sent as it was entered, and its secret is shown once", async () => {
  api.on(`POST ${path}`, () => ({ ...sampleDestination({ id: 6, name: "Monitor" }), secret: "whsec_abc" }));
  const { user } = await renderApp("/delivery/destinations");
  await user.click(await screen.findByRole("button", { name: "Add destination" }));
  const form = within(await sheet("New destination"));
  await user.type(form.getByLabelText("Name"), " Monitor ");
  await user.type(form.getByLabelText("Address"), "https://example.com/hook");
  await user.click(form.getByLabelText("Import failures"));
  await user.click(form.getByLabelText("System alerts"));
  await user.click(within(form.getByRole("group", { name: "From priority" })).getByRole("button", { name: "High" }));
  await user.click(await form.findByLabelText("Book Store"));
  await user.click(form.getByRole("button", { name: "German" }));
  await user.click(form.getByRole("button", { name: "Add destination" }));
  const secret = within(await sheet("Signing secret of Monitor"));
  expect(secret.getByLabelText("Signing secret")).toHaveValue("whsec_abc");
  expect(api.callsTo(`POST ${path}`)[0]?.body).toEqual({
    kind: "webhook",
    name: "Monitor",
    url: "https://example.com/hook",
    types: ["import_failure", "system"],
    min_priority: "high",
    store_ids: [7],
    language: "de",
  });
  await user.click(secret.getByRole("button", { name: "Done" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(screen.queryByLabelText("Signing secret")).toBeNull();
});

test("each kind explains its address, and chat has a pattern for each service", async () => {
  const { user } = await renderApp("/delivery/destinations?create=true");
  const form = within(await sheet("New destination"));
  expect(form.getByText(/signed after Standard Webhooks/)).toBeVisible();
  await user.click(form.getByRole("button", { name: "Chat" }));
  const services = within(form.getByRole("list", { name: "Addresses of chat services" })).getAllByRole("button");
  expect(services.map((each) => each.querySelector("b")?.textContent)).toEqual([
    "Slack",
    "Teams",
    "Discord",
    "Telegram",
    "ntfy",
    "Matrix",
  ]);
  await user.click(form.getByRole("button", { name: "Use the pattern for ntfy" }));
  expect(form.getByLabelText("Apprise URL")).toHaveValue("ntfys://ntfy.sh/TOPIC");
  expect(form.getByLabelText("Apprise URL")).toHaveFocus();
  // An untouched pattern makes way for another; what somebody typed is their credentials.
  await user.click(form.getByRole("button", { name: "Use the pattern for Slack" }));
  await user.type(form.getByLabelText("Apprise URL"), "x");
  const typed = form.getByLabelText("Apprise URL").getAttribute("value");
  const pattern = form.getByRole("button", { name: "Use the pattern for ntfy" });
  expect(pattern).toHaveAttribute("aria-disabled", "true");
  await user.click(pattern);
  expect(form.getByLabelText("Apprise URL")).toHaveValue(typed);
  await user.click(form.getByRole("button", { name: "E-mail" }));
  expect(form.getByLabelText("E-mail address")).toBeVisible();
});

test("what the server refuses comes to stand at its field, which gets the focus", async () => {
  api.on(`POST ${path}`, () =>
    problem(400, { code: "invalid_input", errors: [{ path: "url", message: "is not a public address" }] }),
  );
  const { user } = await renderApp("/delivery/destinations?create=true");
  const form = within(await sheet("New destination"));
  await user.click(form.getByRole("button", { name: "Add destination" }));
  expect(form.getAllByText("Please fill this in")).toHaveLength(2);
  await user.type(form.getByLabelText("Name"), "Monitor");
  await user.type(form.getByLabelText("Address"), "https://10.0.0.1/hook");
  await user.click(form.getByRole("button", { name: "Add destination" }));
  expect(await form.findByText("Is not a public address")).toBeVisible();
  await waitFor(() => expect(form.getByLabelText("Address")).toHaveFocus());
});

test("an edit sends only what changed, and an address left empty stays", async () => {
  const before = sampleDestination({ id: 5, name: "Tickets", types: ["store_issue"] });
  api.on(`GET ${path}/{id}`, () => before);
  api.on(`PATCH ${path}/{id}`, () => ({ ...before, name: "Ticket system" }));
  const { user } = await renderApp("/delivery/destinations");
  await user.click(await screen.findByRole("link", { name: "Edit Tickets" }));
  const form = within(await sheet("Edit Tickets"));
  expect(form.queryByRole("group", { name: "Kind" })).toBeNull();
  expect(form.getByText("Leave it empty to keep https://example.com/….")).toBeVisible();
  const name = form.getByLabelText("Name");
  await user.clear(name);
  await user.type(name, "Ticket system");
  await user.click(form.getByLabelText("Store issues"));
  await user.click(form.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(api.callsTo(`PATCH ${path}/5`)[0]?.body).toEqual({ name: "Ticket system", types: [] });
  expect(screen.getByText("Ticket system was saved")).toBeVisible();
});

test("a destination that is gone says so in its sheet", async () => {
  api.on(`GET ${path}/{id}`, () => problem(404));
  await renderApp("/delivery/destinations?edit=99");
  expect(await screen.findByText("This destination is not there")).toBeVisible();
});
