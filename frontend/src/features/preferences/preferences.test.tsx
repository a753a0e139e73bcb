import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Preferences } from "@/api/types";
import { FakeApi, problem } from "@/testing/fake-api";
import { sampleChannelState, samplePreferences } from "@/testing/preference-samples";
import { renderApp } from "@/testing/render-app";
import { sampleMerchant, sampleStore, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/preferences";
let api: FakeApi;
let kept: Preferences;

beforeEach(() => {
  api = new FakeApi();
  kept = samplePreferences();
  api.on(`GET ${path}`, () => kept);
  api.on(`PUT ${path}`, ({ body }) => {
    kept = { ...kept, ...(body as Partial<Preferences>) }; // `as`: what the page sent
    return kept;
  });
  api.on("GET /api/v1/admin/stores", () => ({
    items: [sampleStore({ id: 7, name: "Book Store" })],
    next_cursor: null,
  }));
  api.on("GET /api/v1/admin/merchants", () => ({
    items: [sampleMerchant({ id: 3, name: "Reads" })],
    next_cursor: null,
  }));
});

async function openPage(at = "/preferences") {
  const app = await renderApp(at);
  const cell = await screen.findByRole("combobox", { name: "Import failures: E-mail" });
  return { ...app, cell };
}

const lastSaved = () => api.callsTo(`PUT ${path}`).at(-1)?.body;
const save = () => screen.getByRole("button", { name: "Save" });

test("a changed cell is saved with the whole document, and the bar goes away", async () => {
  const { user, cell } = await openPage();
  expect(save()).not.toBeVisible();
  await user.selectOptions(cell, "Never");
  expect(save()).toBeVisible();
  await user.click(save());
  await screen.findByText("Preferences saved");
  expect(lastSaved()).toMatchObject({
    matrix: { import_failure: { email: "never", chat: "critical" } },
    overrides: [],
  });
  expect(lastSaved()).not.toHaveProperty("chat_url");
  await waitFor(() => expect(save()).not.toBeVisible());
  expect(cell).toHaveValue("never");
});

test("arrow keys move between the cells and change none", async () => {
  const { user, cell } = await openPage();
  cell.focus();
  await user.keyboard("{ArrowRight}");
  expect(screen.getByRole("combobox", { name: "Import failures: Chat" })).toHaveFocus();
  await user.keyboard("{ArrowDown}{ArrowLeft}");
  expect(screen.getByRole("combobox", { name: "Order exceptions: E-mail" })).toHaveFocus();
  await user.keyboard("{End}");
  expect(screen.getByRole("combobox", { name: "Alerts on security: E-mail" })).toHaveFocus();
  expect(save()).not.toBeVisible();
});

test("the table says what its parts are, for on a phone it is laid out as blocks", async () => {
  await openPage();
  const table = screen.getByRole("table", { name: "What to be told of" });
  const parts = [table, ...table.querySelectorAll("thead, tbody, tr, th, td")];
  expect(parts.filter((part) => !part.hasAttribute("role"))).toEqual([]);
});

test("what the server refuses stands at its field, which gets the focus; what was chosen stays", async () => {
  api.on(`PUT ${path}`, () =>
    problem(422, { errors: [{ path: "matrix.import_failure.email", message: "must be one of low, never" }] }),
  );
  const { user, cell } = await openPage();
  await user.selectOptions(cell, "Everything");
  await user.click(save());
  await waitFor(() => expect(cell).toHaveFocus());
  expect(cell).toHaveAccessibleDescription("Must be one of low, never");
  expect(cell).toHaveValue("low");
});

test("a rule for a store is added, refused a second time, saved, and removed", async () => {
  const { user } = await openPage();
  const add = async () => {
    await user.click(screen.getByRole("button", { name: "Add a rule" }));
    const dialog = within(await screen.findByRole("dialog", { name: "A rule for a store or merchant" }));
    await user.click(dialog.getByRole("combobox", { name: "Store" }));
    await user.click(await screen.findByRole("option", { name: "Book Store" }));
    await user.click(dialog.getByRole("button", { name: "Add a rule" }));
    return dialog;
  };
  await add();
  const rule = await screen.findByRole("combobox", { name: "Book Store: Everything, E-mail" });
  expect(rule).toHaveValue("never");
  expect(api.callsTo(`PUT ${path}`)).toHaveLength(0);
  const dialog = await add();
  expect(await dialog.findByText("There is a rule for this already")).toBeVisible();
  await user.keyboard("{Escape}");
  await user.click(save());
  await screen.findByText("Preferences saved");
  expect(lastSaved()).toMatchObject({
    overrides: [{ store_id: 7, merchant_id: null, category: null, channel: "email", min_priority: "never" }],
  });
  await user.click(screen.getByRole("button", { name: /^Remove the rule/ }));
  expect(screen.getByText("No store is treated differently.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Add a rule" })).toHaveFocus();
});

test("the error of a rule stands at its line", async () => {
  const rule = { channel: "email" as const, min_priority: "never" as const, category: null }; // `as`: the literals
  kept = samplePreferences({ overrides: [{ ...rule, store_id: 99, merchant_id: null }] });
  api.on(`PUT ${path}`, () =>
    problem(422, { errors: [{ path: "overrides.0.store_id", message: "there is no store 99" }] }),
  );
  const { user, cell } = await openPage();
  await user.selectOptions(cell, "Never");
  await user.click(save());
  const line = screen.getByRole("combobox", { name: "Store #99: Everything, E-mail" });
  await waitFor(() => expect(line).toHaveAccessibleDescription("There is no store 99"));
});

test("quiet hours say in words what they do now, and end in the document", async () => {
  const { user } = await openPage();
  expect(screen.getByText("Messages come at any hour.")).toBeVisible();
  await user.click(screen.getByRole("switch", { name: "Quiet hours" }));
  expect(screen.getByText(/^It (is quiet until 07:00|will be quiet from 22:00 today)/)).toBeVisible();
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
    await user.click(screen.getByRole("button", { name: day }));
  expect(screen.getByText(/^No day is chosen/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Sunday" }));
  await user.click(save());
  await screen.findByText("Preferences saved");
  expect(lastSaved()).toMatchObject({ quiet_hours: { is_on: true, weekdays: [7] } });
});

test("leaving with changes asks; staying keeps them and discarding goes on", async () => {
  const { user, cell, router } = await openPage();
  await user.selectOptions(cell, "Never");
  await user.click(screen.getByRole("link", { name: "Merchants" }));
  await user.click(await screen.findByRole("button", { name: "Stay" }));
  expect(router.state.location.pathname).toBe("/preferences");
  expect(cell).toHaveValue("never");
  await user.click(screen.getByRole("link", { name: "Merchants" }));
  await user.click(await screen.findByRole("button", { name: "Discard changes" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/merchants"));
});

test("leaving without changes asks nothing", async () => {
  const { user, router } = await openPage();
  await user.click(screen.getByRole("link", { name: "Merchants" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/merchants"));
});

test("resetting asks, sends only what is the person's own, and shows the defaults", async () => {
  kept = samplePreferences({ timezone: "Europe/Luxembourg", digest: { frequency: "none", at: "08:00", weekday: 1 } });
  api.on(`PUT ${path}`, () => samplePreferences({ timezone: "Europe/Luxembourg" }));
  const { user } = await openPage();
  await user.click(screen.getByRole("button", { name: "Reset to defaults" }));
  await user.click(await screen.findByRole("button", { name: "Reset" }));
  await screen.findByText("Back to the defaults");
  expect(lastSaved()).toEqual({ language: "en", timezone: "Europe/Luxembourg", updated_at: null });
  expect(screen.getByText("Comes every day at 08:00.")).toBeVisible();
});

test("a chat address is shown masked, replaced by a new one and removed by null", async () => {
  kept = samplePreferences({ chat: { is_set: true, shown_address: "slack://***", ...sampleChannelState() } });
  const { user } = await openPage();
  expect(screen.getByText("slack://***")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Replace" }));
  const field = screen.getByRole("textbox", { name: "Chat address" });
  expect(field).toHaveFocus();
  await user.type(field, "ntfy://topic");
  await user.click(save());
  await waitFor(() => expect(lastSaved()).toMatchObject({ chat_url: "ntfy://topic" }));
  await user.click(await screen.findByRole("button", { name: "Remove" }));
  await user.click(save());
  await waitFor(() => expect(lastSaved()).toMatchObject({ chat_url: null }));
});

test("an administrator changes another person's", async () => {
  const of = "/api/v1/admin/users/5/preferences";
  api.on(`GET ${of}`, () => samplePreferences({ user_id: 5 }));
  api.on(`PUT ${of}`, () => samplePreferences({ user_id: 5 }));
  const { user, cell } = await openPage("/preferences?user=5");
  await user.selectOptions(cell, "Never");
  await user.click(save());
  await waitFor(() => expect(api.callsTo(`PUT ${of}`)).toHaveLength(1));
  expect(api.callsTo(`GET ${path}`)).toHaveLength(0);
});

test("a viewer has their own, and is offered nobody else's", async () => {
  api.user = sampleUser("viewer");
  await openPage();
  expect(screen.queryByRole("combobox", { name: "Whose preferences" })).toBeNull();
});

test("what cannot be loaded is asked for again", async () => {
  let isDown = true;
  api.on(`GET ${path}`, () => (isDown ? problem(500) : kept));
  const { user } = await renderApp("/preferences");
  await screen.findByText("This could not be loaded");
  isDown = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("combobox", { name: "Import failures: E-mail" })).toBeVisible();
});
