import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { Delivery, DeliveryStatus } from "@/api/types";
import { sampleDelivery, sampleDeliveryStats, sampleDestination } from "@/testing/delivery-samples";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleStore, sampleUser } from "@/testing/samples";

const list = "GET /api/v1/admin/delivery/deliveries";
const stats = "GET /api/v1/admin/delivery/stats";
const replayDead = "POST /api/v1/admin/delivery/deliveries/replay-dead";
let api: FakeApi;
let items: Delivery[];
beforeEach(() => {
  items = [];
  api = new FakeApi();
  api.on(list, () => ({ items, next_cursor: null }));
  api.on(stats, () => sampleDeliveryStats({ pending: 2, sending: 1, dead: 3, sent_last_24h: 40 }));
  api.on("GET /api/v1/admin/delivery/destinations", () => ({
    items: [sampleDestination({ id: 4, name: "Ticket system" })],
    next_cursor: null,
  }));
  api.on("GET /api/v1/admin/stores", () => ({
    items: [sampleStore({ id: 7, name: "Book Store" })],
    next_cursor: null,
  }));
});
const lastQuery = () => api.callsTo(list).at(-1)?.query.toString();
const dead = (id: number) => sampleDelivery({ id, status: "dead", reason: "tries_failed", attempt_count: 12 });

test("a row says what became of it, to whom it went, and what went wrong", async () => {
  items = [
    sampleDelivery({ id: 3, title: "Import failed", channel: "email", user: { id: 2, name: "Grace Kirsch" } }),
    sampleDelivery({ id: 2, status: "dead", last_error: "The receiver answered 503.", attempt_count: 12 }),
    sampleDelivery({ id: 1, status: "dropped", reason: "over_before_sent", store_name: null }),
  ];
  await renderApp("/delivery/deliveries");
  const [sent, failed, dropped] = await screen.findAllByRole("article");
  expect(sent).toHaveTextContent("SentImport failedGrace Kirsch · E-mail · Book Store");
  expect(failed).toHaveTextContent("Dead");
  expect(failed).toHaveTextContent("12 triesTicket system · Webhook · Book Store · The receiver answered 503.");
  expect(dropped).toHaveTextContent("DroppedMessage 1Ticket system · Webhook · It was over before it was sent");
});

test("each figure filters the list, and pressed again shows all", async () => {
  const { user } = await renderApp("/delivery/deliveries");
  const cell = await screen.findByRole("button", { name: /^Pending3/ });
  await user.click(cell);
  await waitFor(() => expect(addressQuery()).toEqual({ status: ["pending", "sending"] }));
  expect(cell).toHaveAttribute("aria-pressed", "true");
  await user.click(screen.getByRole("button", { name: /^Dead letters3/ }));
  await waitFor(() => expect(addressQuery()).toEqual({ status: ["dead"] }));
  await waitFor(() => expect(lastQuery()).toBe("status=dead&limit=50"));
  await user.click(screen.getByRole("button", { name: /^Dead letters3/ }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
});

test("what was sent in 24 hours is listed by the very hours that are counted, and is taken off like any filter", async () => {
  const { user } = await renderApp("/delivery/deliveries");
  const cell = await screen.findByRole("button", { name: /^Sent in 24 h40/ });
  await user.click(cell);
  await waitFor(() => expect(lastQuery()).toBe("sent_last_24h=true&limit=50"));
  expect(addressQuery()).toEqual({ sentLately: ["true"] });
  expect(cell).toHaveAttribute("aria-pressed", "true");
  await user.click(screen.getByRole("button", { name: /^Sentin 24 h/ }));
  await user.click(await screen.findByLabelText("in 24 h"));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(cell).toHaveAttribute("aria-pressed", "false");
});

test("all filters are in the address and reach the server; what it cannot be is dropped", async () => {
  const { user } = await renderApp(
    "/delivery/deliveries?status=sent&status=dead&status=lost&channel=webhook&destination=4&notification=9&store=7" +
      "&kind=notification&since=2026-03-01&until=2026-03-02&destination=x",
  );
  await waitFor(() => expect(api.callsTo(list)).not.toHaveLength(0));
  const query = api.callsTo(list).at(-1)?.query;
  expect(query?.getAll("status")).toEqual(["sent", "dead"]);
  expect(query?.getAll("channel")).toEqual(["webhook"]);
  expect(query?.getAll("destination_id")).toEqual(["4"]);
  expect(query?.get("notification_id")).toBe("9");
  expect(query?.get("store_id")).toBe("7");
  expect(query?.getAll("kind")).toEqual(["notification"]);
  expect(query?.get("since")).toBe(new Date("2026-03-01T00:00:00").toISOString());
  expect(query?.get("until")).toBe(new Date("2026-03-02T23:59:59.999").toISOString());
  await user.click(await screen.findByRole("button", { name: "Clear filters" }));
  await waitFor(() => expect(addressQuery()).toEqual({}));
  expect(await screen.findByRole("heading", { name: "All quiet" })).toBeVisible();
});

test("what one person got is chosen by their name, and is in the address", async () => {
  api.on("GET /api/v1/admin/delivery/destinations/personal", () => ({
    items: [{ user: { id: 2, name: "Grace Kirsch" }, channels: [] }],
  }));
  const { user } = await renderApp("/delivery/deliveries");
  await user.click(await screen.findByRole("button", { name: "Person" }));
  await user.click(await screen.findByLabelText("Grace Kirsch"));
  await waitFor(() => expect(addressQuery()).toEqual({ user: ["2"] }));
  await waitFor(() => expect(lastQuery()).toBe("user_id=2&limit=50"));
});

test("names that cannot be loaded are asked for again", async () => {
  let isDown = true;
  api.on("GET /api/v1/admin/stores", () =>
    isDown ? problem(500) : { items: [sampleStore({ id: 7, name: "Book Store" })], next_cursor: null },
  );
  const { user } = await renderApp("/delivery/deliveries");
  await user.click(await screen.findByRole("button", { name: "Store" }));
  const choices = within(await screen.findByRole("dialog", { name: "Store" }));
  expect(await choices.findByRole("alert")).toBeVisible();
  expect(choices.queryByText("No store matches")).toBeNull();
  isDown = false;
  await user.click(choices.getByRole("button", { name: "Try again" }));
  expect(await choices.findByLabelText("Book Store")).toBeVisible();
});

test("a store beyond the thousand that are listed is found by the server, and of the many a hundred are shown", async () => {
  const some = (from: number) =>
    Array.from({ length: 200 }, (_, n) => sampleStore({ id: from + n, name: `Store ${from + n}` }));
  api.on("GET /api/v1/admin/stores", ({ query }) => {
    if (query.get("q")) return { items: [sampleStore({ id: 5000, name: "Zebra" })], next_cursor: null };
    const from = Number(query.get("cursor") ?? 1);
    return { items: some(from), next_cursor: String(from + 200) };
  });
  const { user } = await renderApp("/delivery/deliveries");
  await user.click(await screen.findByRole("button", { name: "Store" }));
  const choices = within(await screen.findByRole("dialog", { name: "Store" }));
  expect(await choices.findByText("900 more: search for them")).toBeVisible();
  expect(choices.getAllByRole("checkbox")).toHaveLength(100);
  await user.type(choices.getByLabelText("Find a store"), "Zeb");
  await user.click(await choices.findByLabelText("Zebra"));
  await waitFor(() => expect(addressQuery()).toEqual({ store: ["5000"] }));
});

test("a notification that the address names can be taken off", async () => {
  const { user } = await renderApp("/delivery/deliveries?notification=9");
  await user.click(await screen.findByRole("button", { name: /^Notification#9/ }));
  await user.click(await screen.findByLabelText("#9"));
  await waitFor(() => expect(addressQuery()).toEqual({}));
});

test("a row changes in place, and new ones wait behind a count", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    items = [sampleDelivery({ id: 1, status: "pending", finished_at: null })];
    const { user } = await renderApp("/delivery/deliveries");
    expect(await screen.findByRole("article")).toHaveTextContent("Pending");
    items = [sampleDelivery({ id: 2, title: "The next one" }), sampleDelivery({ id: 1 })];
    await act(() => vi.advanceTimersByTimeAsync(4_100));
    await waitFor(() => expect(screen.getByRole("article")).toHaveTextContent("Sent"));
    expect(screen.queryByText("The next one")).toBeNull();
    await user.click(screen.getByRole("button", { name: "1 new" }));
    expect(await screen.findByText("The next one")).toBeVisible();
  } finally {
    vi.useRealTimers();
  }
});

test("a row that waits far below is asked for by itself", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    const waiting = sampleDelivery({ id: 1, status: "pending", finished_at: null });
    items = [sampleDelivery({ id: 2 }), waiting];
    await renderApp("/delivery/deliveries");
    expect(await screen.findAllByRole("article")).toHaveLength(2);
    // It is no longer on the first page.
    api.on(list, ({ query }) => {
      const isBelow = query.get("id") === "1";
      return { items: [isBelow ? { ...waiting, status: "sent" } : sampleDelivery({ id: 2 })], next_cursor: null };
    });
    await act(() => vi.advanceTimersByTimeAsync(4_100));
    await waitFor(() => expect(screen.getAllByRole("article")[1]).toHaveTextContent("Sent"));
  } finally {
    vi.useRealTimers();
  }
});

test("a row that was sent leaves the list of the pending, one that still waits or is being sent stays", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    const one = (id: number, status: DeliveryStatus) => sampleDelivery({ id, status, finished_at: null });
    items = [one(3, "pending"), one(2, "pending"), one(1, "pending")];
    await renderApp("/delivery/deliveries?status=pending");
    expect(await screen.findAllByRole("article")).toHaveLength(3);
    const now = [one(3, "sending"), sampleDelivery({ id: 2 }), one(1, "pending")];
    api.on(list, ({ query }) => {
      const ids = query.getAll("id").map(Number);
      return { items: now.filter(({ id, status }) => ids.includes(id) || status === "pending"), next_cursor: null };
    });
    await act(() => vi.advanceTimersByTimeAsync(4_100));
    await waitFor(() => expect(screen.getAllByRole("article")).toHaveLength(2));
    const [sending, pending] = screen.getAllByRole("article");
    expect(sending).toHaveTextContent("Message 3");
    expect(pending).toHaveTextContent("Message 1");
  } finally {
    vi.useRealTimers();
  }
});

test("a row that waits far below is asked for although more wait above than are asked for at once", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    const waiting = (id: number) => sampleDelivery({ id, status: "pending", finished_at: null });
    const above = Array.from({ length: 60 }, (_, n) => waiting(100 - n));
    items = [...above, waiting(1)];
    await renderApp("/delivery/deliveries");
    await screen.findAllByRole("article");
    await waitFor(() => expect(api.callsTo(list)).not.toHaveLength(0));
    api.on(list, ({ query }) => {
      const ids = query.getAll("id").map(Number);
      if (ids.length > 0) return { items: ids.map((id) => sampleDelivery({ id })), next_cursor: null };
      return { items: above, next_cursor: "1" };
    });
    await act(() => vi.advanceTimersByTimeAsync(8_200));
    const asked = api.callsTo(list).flatMap(({ query }) => query.getAll("id"));
    expect(new Set(asked)).toEqual(new Set(["1"]));
    expect(api.callsTo("GET /api/v1/admin/delivery/deliveries/1")).toHaveLength(0);
  } finally {
    vi.useRealTimers();
  }
});

test("all dead letters go again after a question, and those that were skipped are counted", async () => {
  items = [dead(2), dead(1)];
  api.on(replayDead, () => {
    items = [dead(1)];
    return { replayed_count: 1, skipped_count: 1 };
  });
  const { user } = await renderApp("/delivery/deliveries?status=dead&destination=4&channel=webhook");
  await user.click(await screen.findByRole("button", { name: "Replay all (2)" }));
  const dialog = await screen.findByRole("dialog", { name: "Send 2 dead letters again?" });
  await user.click(within(dialog).getByRole("button", { name: "Replay all (2)" }));
  expect(await screen.findByText("1 goes again")).toBeVisible();
  expect(screen.getByText("1 was skipped: its destination is switched off or deleted.")).toBeVisible();
  expect(api.callsTo(replayDead)[0]?.body).toEqual({ destination_id: 4, channel: "webhook" });
  await waitFor(() => expect(screen.getAllByRole("article")).toHaveLength(1));
});

test("dead letters cannot be sent again all at once where the server could not keep to the filters", async () => {
  items = [dead(1)];
  await renderApp("/delivery/deliveries?status=dead&store=7");
  expect(await screen.findByText(/To replay all, filter by nothing but/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Replay all/ })).toBeNull();
});

test("a viewer sees dead letters, without a way to send them again or the list of destinations", async () => {
  api.user = sampleUser("viewer");
  items = [dead(1)];
  await renderApp("/delivery/deliveries?status=dead");
  expect(await screen.findByRole("article")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Replay all/ })).toBeNull();
  expect(api.callsTo("GET /api/v1/admin/delivery/destinations")).toHaveLength(0);
});

test("what waits for a later hour is no sign of a queue that stands still", async () => {
  api.on(stats, () => sampleDeliveryStats({ pending: 3, scheduled: 3 }));
  await renderApp("/delivery/deliveries");
  expect(await screen.findByRole("button", { name: /^Pending3/ })).toHaveTextContent("3 wait for a later hour");
});

test("no dead letters is good news, told apart from filters that match nothing", async () => {
  await renderApp("/delivery/deliveries?status=dead");
  expect(await screen.findByRole("heading", { name: "No dead letters" })).toBeVisible();
});

test("figures and list that cannot be loaded say so, and the list can be tried again", async () => {
  api.on(list, () => problem(500));
  api.on(stats, () => problem(500));
  const { user } = await renderApp("/delivery/deliveries");
  expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeVisible();
  expect(await screen.findAllByText("Could not be loaded")).toHaveLength(4);
  items = [dead(1)];
  api.on(list, () => ({ items, next_cursor: null }));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("article")).toBeVisible();
});
