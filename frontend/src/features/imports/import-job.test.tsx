import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleAlert, sampleImport, sampleNotification, sampleRow, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/imports/12";
const finished = sampleImport({
  id: 12,
  status: "completed_with_errors",
  total_rows: 1200,
  processed_count: 1200,
  imported_count: 900,
  updated_count: 200,
  unchanged_count: 98,
  error_count: 2,
  warning_count: 1,
});
const rows = [
  sampleRow({ row_number: 17 }),
  sampleRow({ row_number: 1040, code: "bad_price", field: "price", message: "The price cannot be read" }),
  sampleRow({ row_number: 1041, severity: "warning", field: "gtin", message: "The GTIN is malformed" }),
];
let api: FakeApi;

beforeEach(() => {
  api = new FakeApi();
  api.on(`GET ${path}`, () => finished);
  api.on(`GET ${path}/errors`, ({ query }) => {
    const severities = query.getAll("severity");
    const items = rows.filter(({ severity }) => severities.length === 0 || severities.includes(severity));
    return { items, next_cursor: null };
  });
});

test("the page counts what became of every row", async () => {
  await renderApp("/imports/12");
  expect(await screen.findByRole("heading", { name: "Import #12" })).toBeVisible();
  const counts = Object.fromEntries(
    screen.getAllByRole("term").map((term) => [term.textContent, term.nextElementSibling?.textContent]),
  );
  expect(counts).toMatchObject({
    Rows: "1,200",
    New: "900",
    Changed: "200",
    Unchanged: "98",
    Errors: "2",
    Warnings: "1",
  });
});

test("each bad row is listed with its number and reason, and shows the feed's own row when asked", async () => {
  const { user } = await renderApp("/imports/12");
  const row = await screen.findByRole("row", { name: /17.*The title is missing/ });
  await user.click(within(row).getByRole("button", { name: "View: Row 17" }));
  const raw = await screen.findByLabelText("Show the row as it was in the feed");
  expect(within(raw).getByText("B-1")).toBeVisible();
  expect(within(raw).getByText("9.90")).toBeVisible();
});

test("warnings can be listed alone, the address says so and the CSV holds the same rows", async () => {
  const { user } = await renderApp("/imports/12");
  const link = await screen.findByRole("link", { name: "Download CSV" });
  expect(link).toHaveAttribute("href", `${path}/errors?format=csv`);
  const kinds = screen.getByRole("group", { name: "Errors and warnings" });
  await user.click(within(kinds).getByRole("button", { name: "Warnings" }));
  expect(await screen.findByText("The GTIN is malformed")).toBeVisible();
  await waitFor(() => expect(screen.queryByText("The title is missing")).toBeNull());
  expect(addressQuery()).toEqual({ severity: ["warning"] });
  expect(await screen.findByRole("link", { name: "Download CSV" })).toHaveAttribute(
    "href",
    `${path}/errors?format=csv&severity=warning`,
  );
});

test("the alert that the import raised opens over the list of alerts", async () => {
  const told = { type: "import_failure", title: "Product import failed" };
  api.notifications = [
    sampleNotification({ id: 2, ...told, action_url: "/imports/13", alert_id: 42 }),
    sampleNotification({ id: 1, ...told, action_url: "/imports/12", alert_id: 41 }),
  ];
  api.on("GET /api/v1/admin/notifications/alerts/{id}", ({ ids: [id = 0] }) =>
    sampleAlert({ id, title: `Alert ${id}` }),
  );
  const { user } = await renderApp("/imports/12");
  const link = await screen.findByRole("link", { name: "View alert" });
  await waitFor(() => expect(link).toHaveAttribute("href", "/notifications?tab=alerts&alert=41"));
  await user.click(link);
  expect(await screen.findByRole("heading", { name: "Alert 41" })).toBeVisible();
  expect(addressQuery()).toEqual({ tab: ["alerts"], alert: ["41"] });
});

test("when its notification was deleted, the link leads to the alerts of the import's store", async () => {
  await renderApp("/imports/12");
  const link = await screen.findByRole("link", { name: "View alert" });
  expect(link).toHaveAttribute("href", "/notifications?tab=alerts&type=integration&store=7");
});

test("a running import moves on when the stream says so", async () => {
  let processed_count = 100;
  api.on(`GET ${path}`, () => sampleImport({ id: 12, status: "processing", total_rows: 500, processed_count }));
  await renderApp("/imports/12");
  expect(await screen.findByText("100 of 500 rows")).toBeVisible();
  processed_count = 300;
  act(() => FakeEventSource.open[0]?.say("import.progress", { id: 12 }));
  expect(await screen.findByText("300 of 500 rows")).toBeVisible();
});

test("a failed import is run again", async () => {
  let job = sampleImport({ id: 12, status: "failed" });
  api.on(`GET ${path}`, () => job);
  api.on(`POST ${path}/retry`, () => {
    job = sampleImport({ id: 12, status: "pending", completed_at: null });
    return Response.json(job, { status: 202 });
  });
  const { user } = await renderApp("/imports/12");
  await user.click(await screen.findByRole("button", { name: "Run again" }));
  expect(await screen.findByText(/^Waiting for a free worker/)).toBeVisible();
});

test("a running import is cancelled after a question, once", async () => {
  let job = sampleImport({ id: 12, status: "processing" });
  api.on(`GET ${path}`, () => job);
  api.on(`POST ${path}/cancel`, () => {
    job = { ...job, cancel_requested: true };
    return job;
  });
  const { user } = await renderApp("/imports/12");
  await user.click(await screen.findByRole("button", { name: "Cancel import" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Cancel this import?" }));
  await user.click(dialog.getByRole("button", { name: "Cancel import" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByRole("button", { name: "Cancel import" })).toBeDisabled();
  expect(api.callsTo(`POST ${path}/cancel`)).toHaveLength(1);
});

test("a viewer sees the import but cannot run it again", async () => {
  api.user = sampleUser("viewer");
  await renderApp("/imports/12");
  expect(await screen.findByText("The title is missing")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Run again" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Import corrected file" })).toBeNull();
});

test("an import that does not exist is told apart from one that cannot be loaded", async () => {
  api.on(`GET ${path}`, () => problem(404));
  await renderApp("/imports/12");
  expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
});
