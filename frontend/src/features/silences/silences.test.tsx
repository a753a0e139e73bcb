import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { SilencePreview } from "@/api/types";
import { FakeApi, held, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleStore, sampleUser } from "@/testing/samples";
import { sampleSilence } from "@/testing/silence-samples";

const path = "/api/v1/admin/silences";
const page = (...items: readonly unknown[]) => ({ items, next_cursor: null });
let api: FakeApi;
let preview: SilencePreview;

beforeEach(() => {
  api = new FakeApi();
  preview = { criticals_hidden: 0, examples: [], is_complete: true, matching_last_30_days: 6, matching_now: 2 };
  api.on(`GET ${path}`, () => page());
  api.on(`POST ${path}/preview`, () => preview);
  api.on("GET /api/v1/admin/stores", () => page(sampleStore({ id: 7, name: "Book Store" })));
});

async function openForm(query = "") {
  const { user } = await renderApp(`/silences?create=true${query}`);
  const sheet = within(await screen.findByRole("dialog", { name: "New silence" }));
  await sheet.findByRole("button", { name: "Silence" });
  return { user, sheet };
}

test("a silence says what it matches, who made it and why, and when it ends", async () => {
  const matchers = {
    store_ids: [7, 9],
    merchant_ids: [],
    types: ["import_failure"],
    priorities: ["high"],
    text: "feed",
  };
  api.on(`GET ${path}`, () => page(sampleSilence({ id: 4, matchers })));
  await renderApp("/silences");
  expect(await screen.findByText("Book Store")).toBeVisible();
  for (const words of [
    "Store #9",
    "Import failure",
    "High",
    "“feed”",
    "The feed moves.",
    "by Ada Moreau",
    /^Ends in 2 h/,
  ])
    expect(screen.getByText(words)).toBeVisible();
});

test("one that holds ends, also when the page's clock is still before its beginning", async () => {
  const starts_at = new Date(Date.now() + 20_000).toISOString();
  api.on(`GET ${path}`, () => page(sampleSilence({ id: 4, starts_at })));
  await renderApp("/silences");
  expect(await screen.findByText(/^Ends in 2 h/)).toBeVisible();
});

test("the tab is in the address and decides what is asked for", async () => {
  const { user } = await renderApp("/silences");
  expect(await screen.findByText("Nothing is silenced")).toBeVisible();
  await user.click(screen.getByRole("tab", { name: "Scheduled" }));
  expect(await screen.findByText("Nothing is planned")).toBeVisible();
  expect(addressQuery()).toEqual({ state: ["scheduled"] });
  expect(api.callsTo(`GET ${path}`).at(-1)?.query.getAll("state")).toEqual(["scheduled"]);
});

test("ending one asks first", async () => {
  api.on(`GET ${path}`, () => page(sampleSilence({ id: 4 })));
  api.on(`DELETE ${path}/{id}`, () => new Response(null, { status: 204 }));
  const { user } = await renderApp("/silences");
  await user.click(await screen.findByRole("button", { name: "End now: The feed moves." }));
  const question = within(await screen.findByRole("dialog", { name: "End this silence?" }));
  expect(api.callsTo(`DELETE ${path}/4`)).toHaveLength(0);
  await user.click(question.getByRole("button", { name: "End now" }));
  await waitFor(() => expect(api.callsTo(`DELETE ${path}/4`)).toHaveLength(1));
  expect(await screen.findByText("The silence has ended")).toBeVisible();
});

test("whoever only reads sees the silences and can neither make nor end one, not even by a link", async () => {
  api.user = sampleUser("viewer");
  api.on(`GET ${path}`, () => page(sampleSilence({ id: 4 })));
  await renderApp("/silences?create=true&store=7");
  expect(await screen.findByText("Book Store")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^End now/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "New silence" })).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a link fills the form, and what it sends is what the fields say", async () => {
  api.on(`POST ${path}`, () => sampleSilence({ id: 5 }));
  const { user, sheet } = await openForm("&store=7&type=import_failure&type=unknown&priority=high&text=feed");
  expect(await sheet.findAllByText("Book Store")).not.toHaveLength(0);
  expect(sheet.getByRole("checkbox", { name: "High" })).toBeChecked();
  await user.type(sheet.getByRole("textbox", { name: /^Why/ }), "Known");
  await user.click(sheet.getByRole("radio", { name: "After 1 h" }));
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  await waitFor(() => expect(api.callsTo(`POST ${path}`)).toHaveLength(1));
  const sent = api.callsTo(`POST ${path}`).map(({ body }) => body);
  expect(sent).toEqual([
    {
      matchers: { store_ids: [7], merchant_ids: [], types: ["import_failure"], priorities: ["high"], text: "feed" },
      comment: "Known",
      ends_at: expect.any(String),
    },
  ]);
  await waitFor(() => expect(addressQuery()).toEqual({}));
});

test("an empty silence, and one without a reason, are refused at their fields before anything is sent", async () => {
  const { user, sheet } = await openForm();
  expect(sheet.getByText(/^Choose a store, a type/)).toBeVisible();
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  expect(await sheet.findByText("Say what is silenced: an empty silence would take everything.")).toBeVisible();
  expect(sheet.getByText("Please fill this in")).toBeVisible();
  expect(sheet.getByRole("combobox", { name: /^Stores/ })).toHaveFocus();
  expect(api.callsTo(`POST ${path}`)).toHaveLength(0);
});

test("what the server refuses stands at the field that it is about", async () => {
  const errors = [{ path: "matchers.store_ids", message: "there is no store 7" }];
  api.on(`POST ${path}`, () => problem(400, { errors }));
  const { user, sheet } = await openForm("&store=7");
  await user.type(sheet.getByRole("textbox", { name: /^Why/ }), "Known");
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  expect(await sheet.findByText("There is no store 7")).toBeVisible();
  expect(sheet.getByRole("combobox", { name: /^Stores/ })).toHaveFocus();
});

test("the preview counts, is loud about criticals, and links to examples", async () => {
  const example = { created_at: "2026-03-02T09:30:00Z", priority: "critical", store_name: null } as const; // `as`: the literal
  preview = {
    ...preview,
    criticals_hidden: 3,
    is_complete: false,
    examples: [
      { ...example, id: 9, kind: "alert", title: "Disk is full" },
      { ...example, id: 8, kind: "notification", title: "Payments fail" },
    ],
  };
  const { sheet } = await openForm("&priority=critical");
  expect(await sheet.findByText("This would hide 3 critical messages.")).toBeVisible();
  expect(sheet.getByText("6+")).toBeVisible();
  expect(sheet.getByRole("link", { name: "Disk is full" })).toHaveAttribute(
    "href",
    "/notifications?tab=alerts&alert=9",
  );
  expect(sheet.getByRole("link", { name: "Payments fail" })).toHaveAttribute("href", "/notifications?q=Payments+fail");
});

test("a preview that fails can be asked again, and does not keep anybody from silencing", async () => {
  api.on(`POST ${path}/preview`, () => problem(503));
  const { user, sheet } = await openForm("&store=7");
  const again = await sheet.findByRole("button", { name: "Try again" });
  api.on(`POST ${path}/preview`, () => preview);
  await user.click(again);
  expect(await sheet.findByText("Open now")).toBeVisible();
});

test("criticals are silenced only after one more question, and what was typed stays", async () => {
  preview = { ...preview, criticals_hidden: 2 };
  api.on(`POST ${path}`, () => sampleSilence({ id: 5 }));
  const { user, sheet } = await openForm("&store=7");
  await sheet.findByText("This would hide 2 critical messages.");
  await user.type(sheet.getByRole("textbox", { name: /^Why/ }), "Known");
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  const question = within(await screen.findByRole("dialog", { name: "Silence critical messages?" }));
  expect(api.callsTo(`POST ${path}`)).toHaveLength(0);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Silence critical messages?" })).toBeNull());
  expect(sheet.getByRole("textbox", { name: /^Why/ })).toHaveValue("Known");
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  await user.click(await screen.findByRole("button", { name: "Silence anyway" }));
  await waitFor(() => expect(api.callsTo(`POST ${path}`)).toHaveLength(1));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(question).toBeDefined();
});

test("an end that is refused is said at the choice, which gets the focus", async () => {
  const errors = [{ path: "ends_at", message: "at most 90 days" }];
  api.on(`POST ${path}`, () => problem(400, { errors }));
  const { user, sheet } = await openForm("&store=7");
  await user.type(sheet.getByRole("textbox", { name: /^Why/ }), "Known");
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  const ends = await sheet.findByRole("radiogroup", { name: "Ends" });
  await waitFor(() => expect(ends).toHaveAccessibleDescription("At most 90 days"));
  expect(ends).toBeInvalid();
  expect(sheet.getByRole("radio", { name: "After 4 h" })).toHaveFocus();
});

test("whoever is quicker than the preview is asked about criticals too", async () => {
  preview = { ...preview, criticals_hidden: 2 };
  const wait = held<unknown>();
  api.on(`POST ${path}/preview`, () => wait.promise);
  api.on(`POST ${path}`, () => sampleSilence({ id: 5 }));
  const { user, router } = await renderApp("/silences");
  await user.click((await screen.findAllByRole("button", { name: "New silence" }))[0] ?? document.body);
  const sheet = within(await screen.findByRole("dialog", { name: "New silence" }));
  await sheet.findByRole("button", { name: "Silence" });
  fireEvent.change(sheet.getByRole("textbox", { name: /^Why/ }), { target: { value: "Known" } });
  await user.click(sheet.getByRole("checkbox", { name: "Critical" }));
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  await waitFor(() => expect(sheet.getByRole("button", { name: "Silence" })).toHaveAttribute("data-loading"));
  // As long as they are counted nobody leaves: what is sent then would be sent behind their back.
  expect(sheet.getByRole("button", { name: "Cancel" })).toBeDisabled();
  await user.keyboard("{Escape}");
  await user.click(sheet.getByRole("button", { name: "Close" }));
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  const popped = new Promise((resolve) => window.addEventListener("popstate", resolve, { once: true }));
  router.history.back();
  await popped;
  await waitFor(() => expect(addressQuery()).toEqual({ create: ["true"] }));
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  wait.release(preview);
  expect(await screen.findByText(/^This would hide 2 critical messages/)).toBeVisible();
  expect(await screen.findByRole("button", { name: "Silence anyway" })).toBeVisible();
  expect(api.callsTo(`POST ${path}`)).toHaveLength(0);
  expect(api.callsTo(`POST ${path}/preview`)).toHaveLength(1);
});

test("what was counted a while ago is counted anew before it is silenced", async () => {
  api.on(`POST ${path}`, () => sampleSilence({ id: 5 }));
  const { user, sheet } = await openForm("&store=7");
  await sheet.findByText("Open now");
  await user.type(sheet.getByRole("textbox", { name: /^Why/ }), "Known");
  preview = { ...preview, criticals_hidden: 1 };
  const later = Date.now() + 60_000;
  vi.spyOn(Date, "now").mockReturnValue(later);
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  expect(await screen.findByRole("button", { name: "Silence anyway" })).toBeVisible();
  expect(api.callsTo(`POST ${path}`)).toHaveLength(0);
});

test("whoever silences what could not be counted is asked too", async () => {
  api.on(`POST ${path}/preview`, () => problem(503));
  api.on(`POST ${path}`, () => sampleSilence({ id: 5 }));
  const { user, sheet } = await openForm("&priority=critical");
  await sheet.findByRole("button", { name: "Try again" });
  await user.type(sheet.getByRole("textbox", { name: /^Why/ }), "Known");
  await user.click(sheet.getByRole("button", { name: "Silence" }));
  expect(await screen.findByText(/^What it hides could not be counted/)).toBeVisible();
  expect(api.callsTo(`POST ${path}`)).toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "Silence anyway" }));
  await waitFor(() => expect(api.callsTo(`POST ${path}`)).toHaveLength(1));
});
