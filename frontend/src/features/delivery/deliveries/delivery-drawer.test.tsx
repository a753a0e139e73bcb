import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { DeliveryDetail } from "@/api/types";
import { sampleAttempt, sampleDeliveryDetail, sampleDeliveryStats } from "@/testing/delivery-samples";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleUser } from "@/testing/samples";

const one = "/api/v1/admin/delivery/deliveries/{id}";
const replay = "POST /api/v1/admin/delivery/deliveries/1/replay";
let api: FakeApi;
let delivery: DeliveryDetail;
beforeEach(() => {
  delivery = sampleDeliveryDetail({ id: 1, title: "Import failed" });
  api = new FakeApi();
  api.on("GET /api/v1/admin/delivery/stats", () => sampleDeliveryStats());
  api.on("GET /api/v1/admin/delivery/destinations", () => ({ items: [], next_cursor: null }));
  api.on("GET /api/v1/admin/delivery/deliveries", () => ({ items: [delivery], next_cursor: null }));
  api.on(`GET ${one}`, () => delivery);
});
const drawer = () => screen.findByRole("dialog", { name: "Delivery" });

test("a row opens its drawer, in the address; closed, the focus is back on the row", async () => {
  const { user } = await renderApp("/delivery/deliveries?status=sent");
  await user.click(await screen.findByRole("link", { name: "Import failed" }));
  expect(await within(await drawer()).findByText("It failed in row 3.")).toBeVisible();
  expect(addressQuery()).toEqual({ status: ["sent"], delivery: ["1"] });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(addressQuery()).toEqual({ status: ["sent"] }));
  await waitFor(() => expect(document.activeElement?.closest("article")).not.toBeNull());
});

test("the message, the rule that decided and every try are told, newest try first", async () => {
  delivery = sampleDeliveryDetail({
    id: 1,
    channel: "email",
    user: { id: 2, name: "Grace Kirsch" },
    action_url: "/imports/12",
    attempts: [
      sampleAttempt({ number: 1, outcome: null, finished_at: null, status_code: null, duration_ms: null }),
      sampleAttempt({
        number: 2,
        outcome: "failed",
        status_code: 451,
        error: "Try later",
        excerpt: "4.7.1 greylisted",
      }),
      sampleAttempt({ number: 3, status_code: 250, duration_ms: 87 }),
    ],
  });
  await renderApp("/delivery/deliveries?delivery=1");
  const shown = within(await drawer());
  expect(await shown.findByText("By e-mail, import failures are wanted from high on.")).toBeVisible();
  expect(shown.getByText("Grace Kirsch, E-mail")).toBeVisible();
  expect(shown.getByRole("link", { name: "/imports/12" })).toHaveAttribute("href", "/imports/12");
  const tries = within(shown.getByRole("list", { name: /^Tries/ })).getAllByRole("listitem");
  expect(tries).toHaveLength(3);
  expect(tries[0]).toHaveTextContent("SentStatus 250 · 87 ms");
  expect(tries[1]).toHaveTextContent("FailedStatus 451 · 120 msTry later 4.7.1 greylisted");
  expect(tries[2]).toHaveTextContent("Cut off: nobody knows whether it arrived");
});

test("a try that is under way is not called cut off", async () => {
  const now = sampleAttempt({ number: 1, outcome: null, finished_at: null, status_code: null, duration_ms: null });
  delivery = sampleDeliveryDetail({ id: 1, status: "sending", finished_at: null, attempts: [now] });
  await renderApp("/delivery/deliveries?delivery=1");
  expect(await within(await drawer()).findByText("On its way…")).toBeVisible();
});

test("a dead letter goes again, and its button keeps the focus", async () => {
  delivery = sampleDeliveryDetail({ id: 1, status: "dead", reason: "tries_failed", tries: 12 });
  api.on(`POST ${one}/replay`, () => {
    delivery = { ...delivery, status: "pending", reason: null, finished_at: null };
    return delivery;
  });
  const { user } = await renderApp("/delivery/deliveries?delivery=1");
  const shown = within(await drawer());
  expect(await shown.findByText("It was given up after 12 tries that failed.")).toBeVisible();
  const button = shown.getByRole("button", { name: "Replay" });
  await user.click(button);
  expect(await shown.findByRole("button", { name: "It goes again" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(api.callsTo(replay)).toHaveLength(1);
});

test("it stays listed as it is now, and another delivery in the same panel has a button of its own", async () => {
  delivery = sampleDeliveryDetail({ id: 1, title: "Import failed", status: "folded", folded_into_id: 12 });
  const other = sampleDeliveryDetail({ id: 12, title: "2 more messages", status: "pending", finished_at: null });
  api.on(`POST ${one}/replay`, () => ({ ...delivery, status: "pending", folded_into_id: 12 }));
  api.on(`GET ${one}`, ({ ids: [id] }) => (id === 12 ? other : delivery));
  const { user } = await renderApp("/delivery/deliveries?status=folded&delivery=1");
  const shown = within(await drawer());
  await user.click(await shown.findByRole("button", { name: "Replay" }));
  expect(await shown.findByRole("button", { name: "It goes again" })).toBeVisible();
  expect(document.querySelector("article")).toHaveTextContent("Pending");
  await user.click(shown.getByRole("link", { name: "Delivery #12" }));
  expect(await screen.findByRole("heading", { name: "2 more messages" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "It goes again" })).toBeNull();
});

test("what the server says against sending it again is shown", async () => {
  delivery = sampleDeliveryDetail({ id: 1, status: "dead" });
  api.on(`POST ${one}/replay`, () => problem(409, { detail: "Destination 4 is switched off; switch it on first." }));
  const { user } = await renderApp("/delivery/deliveries?delivery=1");
  await user.click(await within(await drawer()).findByRole("button", { name: "Replay" }));
  expect(await screen.findByText("Destination 4 is switched off; switch it on first.")).toBeVisible();
});

test("a viewer reads it all, and is told who can send it again", async () => {
  api.user = sampleUser("viewer");
  delivery = sampleDeliveryDetail({ id: 1, status: "dead" });
  await renderApp("/delivery/deliveries?delivery=1");
  const shown = within(await drawer());
  expect(await shown.findByText("Operators can send it again.")).toBeVisible();
  expect(shown.queryByRole("button", { name: "Replay" })).toBeNull();
});

test("a delivery that is gone says so", async () => {
  api.on(`GET ${one}`, () => problem(404));
  await renderApp("/delivery/deliveries?delivery=1");
  expect(await screen.findByText("This delivery is not there")).toBeVisible();
});
