import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { sampleAttempt, sampleDeliveryDetail, sampleDestination, sampleMailTest } from "@/testing/delivery-samples";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleUser } from "@/testing/samples";

const list = "GET /api/v1/admin/delivery/destinations";
const one = "/api/v1/admin/delivery/destinations/{id}";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});
const page = (...items: readonly unknown[]) => ({ items, next_cursor: null });
const soon = new Date(Date.now() + 600_000).toISOString();

async function chooseFrom(user: Awaited<ReturnType<typeof renderApp>>["user"], name: string, item: string) {
  await user.click(await screen.findByRole("button", { name: `More actions: ${name}` }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
}

test("each destination says what it takes and how it stands", async () => {
  api.on(list, () =>
    page(
      sampleDestination({ id: 5, name: "Tickets", types: ["import_failure", "security"], min_priority: "high" }),
      sampleDestination({ id: 4, name: "Down", opened_at: soon, probe_at: soon, last_error: "It answered 503." }),
      sampleDestination({ id: 3, name: "Shaky", failing_since: "2026-03-02T09:30:00Z", store_ids: [7] }),
      sampleDestination({ id: 2, name: "Gone", is_enabled: false, disabled_at: soon, disabled_reason: "gone" }),
      sampleDestination({ id: 1, name: "New", last_success_at: null }),
    ),
  );
  await renderApp("/delivery/destinations");
  const row = async (name: string) => (await screen.findByText(name)).closest("tr") ?? document.body;
  expect(await row("Tickets")).toHaveTextContent("Import failures and Alerts on securityfrom high on · all stores");
  expect(await row("Tickets")).toHaveTextContent("Working");
  expect(await row("Down")).toHaveTextContent(/Circuit openUntil .*, then one is triedIt answered 503\./);
  expect(await row("Shaky")).toHaveTextContent(/1 store.*FailingSince 2 Mar/);
  expect(await row("Gone")).toHaveTextContent("Switched offThe receiver wants nothing any more (410)");
  expect(await row("New")).toHaveTextContent("Not used yetNever");
});

test("a viewer is told why there is no list, and none is asked for", async () => {
  api.user = sampleUser("viewer");
  await renderApp("/delivery/destinations");
  expect(await screen.findByText("Destinations are for operators and administrators")).toBeVisible();
  expect(api.callsTo(list)).toHaveLength(0);
});

test("an operator sees the list and its deliveries, and changes nothing", async () => {
  api.user = sampleUser("operator");
  api.on(list, () => page(sampleDestination({ id: 5, name: "Tickets" })));
  const { user } = await renderApp("/delivery/destinations");
  await user.click(await screen.findByRole("button", { name: "More actions: Tickets" }));
  const items = await screen.findAllByRole("menuitem");
  expect(items.map(({ textContent }) => textContent)).toEqual(["Show its deliveries"]);
  expect(items[0]).toHaveAttribute("href", "/delivery/deliveries?destination=5");
  expect(screen.queryByRole("button", { name: "Add destination" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Test mail" })).toBeNull();
});

test("switching off asks first, switching on does not", async () => {
  let destination = sampleDestination({ id: 5, name: "Tickets" });
  api.on(list, () => page(destination));
  api.on(`PATCH ${one}`, () => (destination = { ...destination, is_enabled: false, disabled_reason: "by hand" }));
  api.on(`POST ${one}/enable`, () => (destination = { ...destination, is_enabled: true }));
  const { user } = await renderApp("/delivery/destinations");
  await chooseFrom(user, "Tickets", "Switch off");
  const dialog = await screen.findByRole("dialog", { name: "Switch Tickets off?" });
  await user.click(within(dialog).getByRole("button", { name: "Switch off" }));
  expect(await screen.findByText("Switched off")).toBeVisible();
  expect(api.callsTo("PATCH /api/v1/admin/delivery/destinations/5")[0]?.body).toEqual({ is_enabled: false });
  await chooseFrom(user, "Tickets", "Switch on");
  expect(await screen.findByText("Working")).toBeVisible();
});

test("one whose circuit is open is tried again now", async () => {
  let destination = sampleDestination({ id: 5, name: "Tickets", opened_at: soon, probe_at: soon });
  api.on(list, () => page(destination));
  api.on(`POST ${one}/enable`, () => (destination = { ...destination, opened_at: null, probe_at: null }));
  const { user } = await renderApp("/delivery/destinations");
  await chooseFrom(user, "Tickets", "Try again now");
  expect(await screen.findByText("What waits for Tickets goes now")).toBeVisible();
  expect(await screen.findByText("Working")).toBeVisible();
});

test("deleting asks first, and the row is gone", async () => {
  let items = [sampleDestination({ id: 5, name: "Tickets" })];
  api.on(list, () => page(...items));
  api.on(`DELETE ${one}`, () => {
    items = [];
    return new Response(null, { status: 204 });
  });
  const { user } = await renderApp("/delivery/destinations");
  await chooseFrom(user, "Tickets", "Delete");
  const dialog = await screen.findByRole("dialog", { name: "Delete Tickets?" });
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("No destinations yet")).toBeVisible();
});

test("a rotated secret is shown once, and that the old one stays valid for a day", async () => {
  const destination = sampleDestination({ id: 5, name: "Tickets" });
  api.on(list, () => page(destination));
  api.on(`POST ${one}/rotate-secret`, () => ({ ...destination, secret: "whsec_new" }));
  const { user } = await renderApp("/delivery/destinations");
  await chooseFrom(user, "Tickets", "Rotate secret");
  const question = await screen.findByRole("dialog", { name: "Rotate the secret of Tickets?" });
  await user.click(within(question).getByRole("button", { name: "Rotate secret" }));
  const shown = await screen.findByRole("dialog", { name: "Signing secret of Tickets" });
  expect(within(shown).getByLabelText("Signing secret")).toHaveValue("whsec_new");
  expect(shown).toHaveTextContent("The old secret stays valid for 24 hours");
  await user.keyboard("{Escape}");
  expect(shown).toBeInTheDocument();
  await user.click(within(shown).getByRole("button", { name: "Done" }));
  await waitFor(() => expect(screen.queryByLabelText("Signing secret")).toBeNull());
});

test("a test is followed until the receiver has answered, and its answer is shown", async () => {
  const failed = sampleAttempt({ number: 1, outcome: "failed", status_code: 503, error: "The receiver answered 503." });
  let delivery = sampleDeliveryDetail({ id: 31, kind: "test", status: "sending", finished_at: null, attempts: [] });
  api.on(list, () => page(sampleDestination({ id: 5, name: "Tickets" })));
  api.on(`POST ${one}/test`, () => ({ delivery_id: 31, status: "pending" }));
  api.on("GET /api/v1/admin/delivery/deliveries/{id}", () => delivery);
  const { user } = await renderApp("/delivery/destinations");
  await chooseFrom(user, "Tickets", "Send a test");
  const dialog = await screen.findByRole("dialog", { name: "Test of Tickets" });
  expect(await within(dialog).findByText("The test message is on its way…")).toBeVisible();
  delivery = {
    ...delivery,
    status: "pending",
    next_attempt_at: new Date(Date.now() + 1_000).toISOString(),
    attempts: [failed],
  };
  expect(await within(dialog).findByText(/The try failed. It is tried again/)).toBeVisible();
  expect(dialog).toHaveTextContent("Status 503");
  expect(dialog).toHaveTextContent("The receiver answered 503.");
  delivery = { ...delivery, status: "sent", next_attempt_at: null, attempts: [failed, sampleAttempt({ number: 2 })] };
  expect(await within(dialog).findByText("Tickets took the message.")).toBeVisible();
  expect(within(dialog).getByRole("link", { name: "Open the delivery" })).toHaveAttribute(
    "href",
    "/delivery/deliveries?destination=5&delivery=31",
  );
  expect(api.callsTo("POST /api/v1/admin/delivery/destinations/5/test")).toHaveLength(1);
});

test("a test mail shows the settings in effect and the server's answer", async () => {
  api.on(list, () => page());
  api.on("POST /api/v1/admin/delivery/test-mail", ({ body }) =>
    sampleMailTest({
      outcome: "failed",
      status_code: 535,
      error: "5.7.8 Bad credentials",
      answer: null,
      ...Object(body),
    }),
  );
  const { user } = await renderApp("/delivery/destinations");
  await user.click(await screen.findByRole("button", { name: "Test mail" }));
  const dialog = await screen.findByRole("dialog", { name: "Send a test mail" });
  await user.type(within(dialog).getByLabelText("To"), "ops@example.com");
  await user.click(within(dialog).getByRole("button", { name: "Send" }));
  expect(await within(dialog).findByText("The mail to ops@example.com was not sent.")).toBeVisible();
  expect(dialog).toHaveTextContent("mail.example.com:587");
  expect(dialog).toHaveTextContent("The server's answer · Status 5355.7.8 Bad credentials");
});

test("a list that cannot be loaded says so and can be tried again", async () => {
  api.on(list, () => problem(500));
  const { user } = await renderApp("/delivery/destinations");
  expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeVisible();
  api.on(list, () => page(sampleDestination({ id: 5, name: "Tickets" })));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Tickets")).toBeVisible();
});

test("the address of one destination opens it over the list", async () => {
  api.on(list, () => page(sampleDestination({ id: 5, name: "Tickets" })));
  api.on(`GET ${one}`, () => sampleDestination({ id: 5, name: "Tickets" }));
  await renderApp("/delivery/destinations/5");
  expect(await screen.findByRole("dialog", { name: "Edit Tickets" })).toBeVisible();
  expect(addressQuery()).toEqual({ edit: ["5"] });
});

test("an operator who follows an address to one is told who may change it, over the list", async () => {
  api.user = sampleUser("operator");
  api.on(list, () => page(sampleDestination({ id: 5, name: "Tickets" })));
  const { user } = await renderApp("/delivery/destinations/5");
  const word = within(await screen.findByRole("dialog", { name: "Edit" }));
  expect(word.getByText("Only administrators change destinations")).toBeVisible();
  expect(api.callsTo("GET /api/v1/admin/delivery/destinations/5")).toHaveLength(0);
  await user.click(word.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(await screen.findByText("Tickets")).toBeVisible();
});
