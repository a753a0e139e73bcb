import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Preferences, PreferencesDraft } from "@/api/types";
import { FakeApi, held, problem } from "@/testing/fake-api";
import { samplePreferences } from "@/testing/preference-samples";
import { renderApp } from "@/testing/render-app";
import { sampleStore } from "@/testing/samples";

const path = "/api/v1/admin/preferences";
let api: FakeApi;
let kept: Preferences;

const rule = { channel: "email", category: null, merchant_id: null, min_priority: "never" } as const; // `as`: the literals

beforeEach(() => {
  api = new FakeApi();
  kept = samplePreferences({
    overrides: [
      { ...rule, store_id: 7 },
      { ...rule, store_id: 8, min_priority: "high" },
    ],
    updated_at: "first",
  });
  api.on(`GET ${path}`, () => kept);
  api.on(`PUT ${path}`, ({ body }) => answer(body as PreferencesDraft)); // `as`: what the page sent
  api.on("GET /api/v1/admin/stores", () => ({
    items: [sampleStore({ id: 7, name: "Book Store" }), sampleStore({ id: 8, name: "Tea" })],
    next_cursor: null,
  }));
});

function answer({ updated_at, chat_url: _, ...sent }: PreferencesDraft) {
  if (updated_at !== kept.updated_at)
    return problem(409, { code: "changed_since_read", detail: "Changed since it was read" });
  kept = { ...kept, ...(sent as Partial<Preferences>), updated_at: `after ${updated_at}` }; // `as`: the whole document
  return kept;
}

const cell = (name = "Import failures: E-mail") => screen.findByRole("combobox", { name });
const save = () => screen.getByRole("button", { name: "Save" });
const sent = () => api.callsTo(`PUT ${path}`).map(({ body }) => body);
async function open() {
  const app = await renderApp("/preferences");
  return { ...app, first: await cell() };
}

test("whatever was done before, a removed rule can be saved", async () => {
  const { user, first } = await open();
  await user.selectOptions(first, "Never");
  await user.selectOptions(first, "High and up");
  expect(save()).not.toBeVisible();
  await user.click(await screen.findByRole("button", { name: /^Remove the rule “Book Store/ }));
  expect(save()).toBeVisible();
  // As the rule said that stood here before.
  await user.selectOptions(await cell("Tea: Everything, E-mail"), "Never");
  expect(save()).toBeVisible();
  await user.click(save());
  await waitFor(() => expect(sent()).toMatchObject([{ overrides: [{ store_id: 8, min_priority: "never" }] }]));
});

test("whoever comes back begins with what is kept by then", async () => {
  const { user } = await open();
  await user.click(screen.getByRole("link", { name: "Merchants" }));
  await screen.findByRole("heading", { name: "Merchants", level: 1 });
  kept = { ...kept, overrides: [] };
  await user.click(screen.getByRole("button", { name: /^Account of/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Preferences" }));
  expect(await screen.findByText("No store is treated differently.")).toBeVisible();
});

test("what is changed while a save is on its way stays, and is saved next", async () => {
  const { user, first } = await open();
  const wait = held<unknown>();
  api.on(`PUT ${path}`, () => wait.promise);
  await user.selectOptions(first, "Never");
  await user.click(save());
  const other = await cell("Order exceptions: E-mail");
  await user.selectOptions(other, "Everything");
  wait.release(answer(sent()[0] as PreferencesDraft)); // `as`: what the page sent
  await screen.findByText("Preferences saved");
  expect(other).toHaveValue("low");
  expect(first).toHaveValue("never");
  expect(save()).toBeVisible();
});

test("the focus goes back to the field that was changed when the bar goes away", async () => {
  const { user, first } = await open();
  await user.selectOptions(first, "Never");
  first.focus();
  await user.click(save());
  await screen.findByText("Preferences saved");
  await waitFor(() => expect(first).toHaveFocus());
});

test("the address field goes when Enter saved it, and its buttons have the focus", async () => {
  api.on(`PUT ${path}`, ({ body }) => {
    kept = { ...kept, chat: { ...kept.chat, is_set: true, shown_address: "slack://…" } };
    return answer(body as PreferencesDraft); // `as`: what the page sent
  });
  const { user } = await open();
  const field = screen.getByLabelText("Chat address");
  await user.type(field, "slack://a/b/c{Enter}");
  await screen.findByText("Preferences saved");
  expect(field).not.toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("button", { name: "Replace" })).toHaveFocus());
});

test("a time that was emptied and then hidden is what it was, and keeps nothing from being saved", async () => {
  kept = { ...kept, quiet_hours: { ...kept.quiet_hours, is_on: true } };
  const { user } = await open();
  await user.clear(screen.getByLabelText("From"));
  await user.clear(screen.getByLabelText("At"));
  await user.click(screen.getByRole("switch", { name: "Quiet hours" }));
  await user.click(screen.getByRole("button", { name: "None" }));
  await user.click(save());
  await waitFor(() =>
    expect(sent()).toMatchObject([{ quiet_hours: { is_on: false, start: "22:00" }, digest: { at: "08:00" } }]),
  );
});

test("an error goes as soon as its field is mended, and that of another stays", async () => {
  kept = { ...kept, quiet_hours: { ...kept.quiet_hours, is_on: true } };
  const { user } = await open();
  await user.clear(screen.getByLabelText("From"));
  await user.clear(screen.getByLabelText("To"));
  await user.click(save());
  expect(await screen.findAllByText("Please fill this in")).toHaveLength(2);
  await user.type(screen.getByLabelText("From"), "21:00");
  expect(screen.getAllByText("Please fill this in")).toHaveLength(1);
  expect(screen.getByLabelText("To")).toBeInvalid();
});

test("what is refused of a part that has no field is said all the same", async () => {
  api.on(`PUT ${path}`, () => problem(422, { errors: [{ path: "overrides", message: "at most 200 rules" }] }));
  const { user, first } = await open();
  await user.selectOptions(first, "Never");
  await user.click(save());
  expect(await screen.findByText("At most 200 rules")).toBeVisible();
});

test("another's change is told before it is overwritten; keeping mine takes theirs where I changed nothing", async () => {
  const { user, first } = await open();
  const tea = await cell("Tea: Everything, E-mail");
  kept = {
    ...kept,
    matrix: { ...kept.matrix, security: { email: "never", chat: "never" } },
    updated_at: "unsubscribed",
  };
  await user.selectOptions(first, "Everything");
  await user.click(save());
  expect(await screen.findByText("Changed by somebody else meanwhile.")).toBeVisible();
  expect(first).toHaveValue("low");
  await user.click(screen.getByRole("button", { name: "Keep mine" }));
  expect(await cell("Alerts on security: E-mail")).toHaveValue("never");
  expect(tea).toHaveValue("high");
  await user.click(save());
  await screen.findByText("Preferences saved");
  expect(sent().at(-1)).toMatchObject({
    matrix: { import_failure: { email: "low" }, security: { email: "never" } },
    updated_at: "unsubscribed",
  });
});

test("a second Enter on Save decides nothing about another's change, and the focus stays in the bar", async () => {
  const { user, first } = await open();
  kept = { ...kept, overrides: [], updated_at: "second" };
  await user.selectOptions(first, "Everything");
  save().focus();
  await user.keyboard("{Enter}");
  const notice = await screen.findByText(/^Changed by somebody else/);
  await waitFor(() => expect(document.activeElement).toContainElement(notice));
  await user.keyboard("{Enter}");
  await user.click(screen.getByRole("button", { name: "Keep mine" }));
  await waitFor(() => expect(save()).toHaveFocus());
});

test("once a change that could not be saved is taken back by hand, nothing is said of it", async () => {
  const { user, first } = await open();
  api.on(`PUT ${path}`, () => problem(422, { errors: [{ path: "overrides", message: "at most 200 rules" }] }));
  const before = (first as HTMLSelectElement).value; // `as`: a combobox of this page is a select
  await user.selectOptions(first, "Everything");
  await user.click(save());
  const said = await screen.findByText("At most 200 rules");
  await user.selectOptions(first, before);
  await waitFor(() => expect(said).not.toBeInTheDocument());
});

test("nor when the refusal comes after it was taken back, or is changed anew", async () => {
  const { user, first } = await open();
  const wait = held<Response>();
  api.on(`PUT ${path}`, () => wait.promise);
  const before = (first as HTMLSelectElement).value; // `as`: a combobox of this page is a select
  await user.selectOptions(first, "Everything");
  await user.click(save());
  await waitFor(() => expect(sent()).toHaveLength(1));
  await user.selectOptions(first, before);
  wait.release(problem(422, { errors: [{ path: "overrides", message: "at most 200 rules" }] }));
  await waitFor(() => expect(save()).not.toHaveAttribute("data-loading"));
  expect(screen.queryByText("At most 200 rules")).toBeNull();
  await user.selectOptions(first, "Everything");
  expect(screen.queryByText("At most 200 rules")).toBeNull();
});

test("loading another's change drops mine", async () => {
  const { user, first } = await open();
  kept = { ...kept, overrides: [], updated_at: "second" };
  await user.selectOptions(first, "Everything");
  await user.click(save());
  await user.click(await screen.findByRole("button", { name: "Load theirs" }));
  expect(first).toHaveValue("high");
  expect(screen.getByText("No store is treated differently.")).toBeVisible();
  expect(save()).not.toBeVisible();
  expect(screen.queryByText(/Changed since it was read/)).toBeNull();
});
