import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { becomePhone, FakeEventSource } from "@/testing/browser";
import { FakeApi, held, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleConnection, sampleRun, sampleStore, sampleUser } from "@/testing/samples";
import { readToasts } from "@/ui/toasts";

const ofStore = "/api/v1/admin/letzshop/stores/7";
const credentials = `${ofStore}/credentials`;
const runs = "GET /api/v1/admin/letzshop/runs";
const address = "/stores/7?tab=letzshop";
let api: FakeApi;
const page = (...items: readonly unknown[]) => ({ items, next_cursor: null });

beforeEach(() => {
  api = new FakeApi();
  api.on("GET /api/v1/admin/stores/{id}", () => sampleStore({ id: 7, name: "Book Store", store_code: "BOOKS" }));
  api.on(`GET ${credentials}`, () => sampleConnection());
  api.on(runs, () => page());
});

/** What waits or runs is asked for apart from the latest. */
function answerRuns(unfinished: readonly unknown[], latest: readonly unknown[] = unfinished) {
  api.on(runs, ({ query }) => page(...(query.getAll("status").length > 0 ? unfinished : latest)));
}

describe("a store that is not connected", () => {
  beforeEach(() => api.on(`GET ${credentials}`, () => problem(404, { code: "letzshop_not_connected" })));

  test("says what is needed, and is connected with what was entered", async () => {
    api.on(`PUT ${credentials}`, () => sampleConnection({ api_key_last4: "k-77" }));
    const { user } = await renderApp(address);
    expect(await screen.findByText(/API access key of at least the role/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Connect" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Connect" }));
    expect(addressQuery()).toEqual({ tab: ["letzshop"], connect: ["true"] });
    await user.type(dialog.getByLabelText("API key"), "sim-77-k-77");
    await user.clear(dialog.getByLabelText("Sync interval in minutes"));
    await user.type(dialog.getByLabelText("Sync interval in minutes"), "30");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    expect(await screen.findByText("…k-77")).toBeVisible();
    expect(addressQuery()).toEqual({ tab: ["letzshop"] });
    expect(api.callsTo(`PUT ${credentials}`)[0]?.body).toEqual({
      api_key: "sim-77-k-77",
      endpoint_url: null,
      sync_interval_minutes: 30,
      default_carrier: null,
      auto_sync_enabled: true,
    });
  });

  test.each([
    { field: "api_key", label: "API key", message: "Letzshop refuses the API key (401)." },
    { field: "endpoint_url", label: "Address", message: "Letzshop does not answer (502)." },
  ])("hears at the field what Letzshop says against it: $label", async ({ field, label, message }) => {
    const refusal = { code: "letzshop_refused", detail: message, errors: [{ path: field, message }] };
    api.on(`PUT ${credentials}`, () => problem(422, refusal));
    const { user } = await renderApp(`${address}&connect=true`);
    const dialog = within(await screen.findByRole("dialog", { name: "Connect" }));
    await user.type(dialog.getByLabelText("API key"), "wrong-key");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    await waitFor(() => expect(dialog.getByLabelText(label)).toHaveAccessibleDescription(RegExp(escaped(message))));
    expect(dialog.getByLabelText(label)).toBeInvalid();
    expect(dialog.getByLabelText("API key")).toHaveValue("wrong-key");
  });

  test("needs a key, a web address and a whole number of minutes", async () => {
    const { user } = await renderApp(`${address}&connect=true`);
    const dialog = within(await screen.findByRole("dialog", { name: "Connect" }));
    await user.type(dialog.getByLabelText("Address"), "letzshop.lu");
    await user.clear(dialog.getByLabelText("Sync interval in minutes"));
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    for (const label of ["API key", "Address", "Sync interval in minutes"]) {
      expect(dialog.getByLabelText(label)).toBeInvalid();
    }
    expect(api.callsTo(`PUT ${credentials}`)).toEqual([]);
  });

  test("tells an operator whom to ask, without a button", async () => {
    api.user = sampleUser("operator");
    await renderApp(`${address}&connect=true`);
    expect(await screen.findByText(/An administrator can connect it/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Connect" })).toBeNull();
    // Had it been asked for, it would be there now.
    await act(() => import("@/features/letzshop/connect-dialog"));
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("a connected store", () => {
  test("says how its syncs go, and why the last did not", async () => {
    const now = Date.now();
    const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
    api.on(`GET ${credentials}`, () =>
      sampleConnection({
        last_status: "failed",
        last_sync_at: ago(4.9),
        last_success_at: ago(200),
        next_sync_at: ago(-11),
        last_error: "Letzshop answered 502.",
        default_carrier: "Post Luxembourg",
      }),
    );
    await renderApp(address);
    const fact = async (name: string) => (await screen.findByText(name, { selector: "dt" })).nextElementSibling;
    expect(await fact("Last sync")).toHaveTextContent("4 min ago Failed");
    expect(await fact("Last success")).toHaveTextContent("3 hr ago");
    expect(await fact("API key")).toHaveTextContent("…9f3c");
    expect(await fact("Sync")).toHaveTextContent("every 15 minutes");
    expect(await fact("Default carrier")).toHaveTextContent("Post Luxembourg");
    expect(screen.getByText("Letzshop answered 502.")).toBeVisible();
  });

  test("keeps its key when the field stays empty", async () => {
    api.on(`PUT ${credentials}`, () => sampleConnection({ sync_interval_minutes: 15 }));
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Edit connection" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Edit connection" }));
    expect(dialog.getByLabelText("API key")).toHaveAccessibleDescription(/keep the key that ends in 9f3c/);
    expect(dialog.getByLabelText("API key")).toHaveValue("");
    await user.click(dialog.getByRole("button", { name: "Test and save" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(api.callsTo(`PUT ${credentials}`)[0]?.body).toMatchObject({
      api_key: null,
      endpoint_url: "https://letzshop.test/graphql",
    });
  });

  test("is synced at once, and the button then leads to the run instead of starting a second", async () => {
    const run = sampleRun({ id: 31, status: "pending", completed_at: null });
    api.on(`POST ${ofStore}/sync`, () => {
      answerRuns([run]);
      return Response.json(run, { status: 202 });
    });
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Sync now" }));
    const [link] = await screen.findAllByRole("link", { name: "Order sync #31" });
    expect(link).toHaveAttribute("href", "/letzshop/runs/31");
    const button = screen.getByRole("button", { name: "Sync now" });
    await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "true"));
    expect(button).toHaveAccessibleDescription(/Order sync #31 · Waiting/);
    await user.click(button);
    expect(api.callsTo(`POST ${ofStore}/sync`)).toHaveLength(1);
    expect(screen.getByRole("button", { name: "Import history" })).toHaveAttribute("aria-disabled", "false");
  });

  test("frees its button and tells the new state when the stream says that the run ended", async () => {
    answerRuns([sampleRun({ id: 31, status: "processing" })]);
    await renderApp(address);
    const button = await screen.findByRole("button", { name: "Sync now" });
    await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "true"));
    answerRuns([], [sampleRun({ id: 31, status: "failed", error_message: "Letzshop answered 502." })]);
    api.on(`GET ${credentials}`, () => sampleConnection({ last_status: "failed", last_error: "It answered 502." }));
    act(() => FakeEventSource.open[0]?.say("letzshop.run", { id: 31 }));
    expect(await screen.findByText("It answered 502.")).toBeVisible();
    await waitFor(() => expect(button).toHaveAttribute("aria-disabled", "false"));
  });

  test("imports its history while a sync runs", async () => {
    answerRuns([sampleRun({ id: 31, status: "processing" })]);
    const started = held<Response>();
    api.on(`POST ${ofStore}/import-history`, () => started.promise);
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Import history" }));
    const history = sampleRun({ id: 32, kind: "history", status: "pending" });
    answerRuns([history, sampleRun({ id: 31, status: "processing" })]);
    started.release(Response.json(history, { status: 202 }));
    expect((await screen.findAllByText("Historical import #32")).length).toBeGreaterThan(0);
  });

  test("that is not active says why nothing runs, and starts nothing", async () => {
    const store = sampleStore({ id: 7, name: "Book Store", is_active: false });
    api.on("GET /api/v1/admin/stores/{id}", () => store);
    const { user } = await renderApp(address);
    const line = "The store is inactive: no sync and no import of its history can be started.";
    expect(await screen.findByText(line)).toBeVisible();
    for (const name of ["Sync now", "Import history"]) {
      const button = screen.getByRole("button", { name });
      expect(button).toHaveAccessibleDescription(line);
      await user.click(button);
    }
    expect(api.callsTo(`POST ${ofStore}/sync`)).toEqual([]);
    expect(screen.getByText("Next sync").nextElementSibling).toHaveTextContent("Not while the store is inactive");
    expect(await screen.findByText("No run yet. None starts while the store is inactive.")).toBeVisible();
  });

  test("whose merchant is not active hears of it from the server", async () => {
    api.on(`POST ${ofStore}/sync`, () => problem(409, { detail: "Store 7 is not active." }));
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Sync now" }));
    await waitFor(() => expect(readToasts()[0]?.detail).toBe("Store 7 is not active."));
  });

  test("has on a phone all but its sync in a menu", async () => {
    becomePhone();
    api.on(`POST ${credentials}/test`, () => new Response(null, { status: 204 }));
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "More actions: Connection" }));
    const names = screen.getAllByRole("menuitem").map(({ textContent }) => textContent);
    expect(names).toEqual(["Import history", "Test connection", "Edit connection", "Disconnect"]);
    await user.click(screen.getByRole("menuitem", { name: "Test connection" }));
    await waitFor(() => expect(readToasts()[0]?.message).toBe("Letzshop accepts the key."));
    expect(screen.queryByRole("button", { name: "Test connection" })).toBeNull();
    expect(screen.getByRole("button", { name: "Sync now" })).toBeVisible();
  });

  test("has its connection tested with the stored key", async () => {
    api.on(`POST ${credentials}/test`, () => new Response(null, { status: 204 }));
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Test connection" }));
    await waitFor(() => expect(readToasts()[0]?.message).toBe("Letzshop accepts the key."));
    api.on(`POST ${credentials}/test`, () => problem(422, { detail: "Letzshop refuses the API key (401)." }));
    await user.click(screen.getByRole("button", { name: "Test connection" }));
    await waitFor(() => expect(readToasts().at(-1)?.detail).toBe("Letzshop refuses the API key (401)."));
  });

  test("is disconnected after a question", async () => {
    api.on(`DELETE ${credentials}`, () => {
      api.on(`GET ${credentials}`, () => problem(404, { code: "letzshop_not_connected" }));
      return new Response(null, { status: 204 });
    });
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "More actions: Connection" }));
    await user.click(await screen.findByRole("menuitem", { name: "Disconnect" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Disconnect Book Store from Letzshop?" }));
    await user.click(dialog.getByRole("button", { name: "Disconnect" }));
    expect(await screen.findByText("Not connected to Letzshop")).toBeVisible();
  });

  test("gives out its products in each language", async () => {
    await renderApp(address);
    const link = await screen.findByRole("link", { name: "Download the products in German" });
    expect(link).toHaveAttribute("href", "/api/v1/admin/letzshop/export?store_id=7&language=de");
    expect(link).toHaveAttribute("download", "BOOKS_letzshop_export_de.csv");
  });

  test("lists its latest runs, and leads to all of them", async () => {
    answerRuns([], [sampleRun({ id: 30, orders_processed: 4, orders_created: 4 })]);
    await renderApp(address);
    expect(await screen.findByRole("link", { name: "Order sync #30" })).toHaveAttribute("href", "/letzshop/runs/30");
    expect(screen.getByRole("link", { name: "All runs of this store" })).toHaveAttribute(
      "href",
      "/letzshop/runs?store=7",
    );
  });

  test("shows a viewer its state without any button", async () => {
    api.user = sampleUser("viewer");
    await renderApp(address);
    expect(await screen.findByText("…9f3c")).toBeVisible();
    for (const name of ["Sync now", "Import history", "Test connection", "Edit connection"]) {
      expect(screen.queryByRole("button", { name })).toBeNull();
    }
  });

  test("lets an operator run and test, but not change the connection", async () => {
    api.user = sampleUser("operator");
    await renderApp(address);
    expect(await screen.findByRole("button", { name: "Sync now" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Test connection" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Edit connection" })).toBeNull();
  });
});

test("a connection that cannot be loaded says so and can be tried again", async () => {
  api.on(`GET ${credentials}`, () => problem(500));
  const { user } = await renderApp(address);
  expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeVisible();
  api.on(`GET ${credentials}`, () => sampleConnection());
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("…9f3c")).toBeVisible();
});

function escaped(text: string): string {
  return text.replaceAll(/[.()]/g, "\\$&");
}
