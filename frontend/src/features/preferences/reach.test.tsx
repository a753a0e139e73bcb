import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Preferences } from "@/api/types";
import { sampleAttempt, sampleDeliveryDetail } from "@/testing/delivery-samples";
import { FakeApi } from "@/testing/fake-api";
import { sampleChannelState, samplePreferences } from "@/testing/preference-samples";
import { renderApp } from "@/testing/render-app";

const path = "/api/v1/admin/preferences";
const bounced = "The mail server refused the address: 550 5.1.1 No such user.";
const off = sampleChannelState({
  is_enabled: false,
  disabled_at: "2026-03-02T09:30:00Z",
  disabled_reason: "bounced",
  failing_since: "2026-03-01T09:30:00Z",
  last_error: bounced,
});
let api: FakeApi;
let kept: Preferences;

beforeEach(() => {
  api = new FakeApi();
  kept = samplePreferences();
  api.on(`GET ${path}`, () => kept);
  api.on(`POST ${path}/channels/email/test`, () => ({ delivery_id: 9, status: "pending" }));
  api.on("GET /api/v1/admin/delivery/deliveries/{id}", () => sampleDeliveryDetail({ id: 9, status: "sent" }));
});

async function openReach(at = "/preferences") {
  const app = await renderApp(at);
  return { ...app, reach: within(await screen.findByRole("region", { name: "Where messages arrive" })) };
}

test("an address that was switched off says why and since when, and tried again it is tested at once", async () => {
  kept = samplePreferences({ email: { ...kept.email, ...off } });
  api.on(`POST ${path}/channels/email/enable`, () => {
    kept = samplePreferences();
    return sampleChannelState();
  });
  const { user, reach } = await openReach();
  expect(reach.getByText("Switched off")).toBeVisible();
  expect(reach.getByText(/^The mail server says that there is no such address, /)).toBeVisible();
  expect(reach.getByText(bounced)).toBeVisible();
  await user.click(reach.getByRole("button", { name: "Try again" }));
  expect(await reach.findByText(/^It was taken\./)).toBeVisible();
  expect(reach.getByText("In use")).toBeVisible();
  expect(reach.getByRole("button", { name: "Send a test" })).toHaveFocus();
  expect(api.callsTo(`POST ${path}/channels/email/test`)).toHaveLength(1);
});

test("without a mail server that is said, and nothing is tested", async () => {
  kept = samplePreferences({ email: { ...kept.email, has_mail_server: false } });
  const { reach } = await openReach();
  expect(reach.getByText("No mail server")).toBeVisible();
  expect(reach.getByText(/^No mail can leave from here/)).toBeVisible();
  expect(reach.queryByText("In use")).toBeNull();
  expect(reach.queryByRole("button", { name: "Send a test" })).toBeNull();
});

test("one that only fails is in use still, and says what is wrong", async () => {
  kept = samplePreferences({
    email: {
      ...kept.email,
      failing_since: "2026-03-02T09:30:00Z",
      last_error: "The mail server could not be reached.",
    },
  });
  const { reach } = await openReach();
  expect(reach.getByText("Failing")).toBeVisible();
  expect(reach.getByText("The mail server could not be reached.")).toBeVisible();
  expect(reach.queryByRole("button", { name: "Try again" })).toBeNull();
});

test("a test that comes back shows what the mail server said, and how the address does now", async () => {
  const failed = sampleAttempt({ number: 1, outcome: "bounced", status_code: 550, error: bounced });
  api.on("GET /api/v1/admin/delivery/deliveries/{id}", () => {
    kept = samplePreferences({ email: { ...kept.email, failing_since: "2026-03-02T09:30:00Z", last_error: bounced } });
    return sampleDeliveryDetail({ id: 9, status: "dead", attempts: [failed] });
  });
  const { user, reach } = await openReach();
  await user.click(reach.getByRole("button", { name: "Send a test" }));
  expect(await reach.findByText(/^The test was not delivered\./)).toBeVisible();
  expect(await reach.findByText("Failing")).toBeVisible();
  expect(reach.getAllByText(bounced)).toHaveLength(1);
  expect(reach.getByRole("link", { name: "Open the delivery" })).toHaveAttribute(
    "href",
    "/delivery/deliveries?delivery=9",
  );
});

test("one's own chat is tested too, and an administrator tests that of another", async () => {
  const chat = { is_set: true, shown_address: "slack://…", ...sampleChannelState() };
  const of = "/api/v1/admin/users/5/preferences";
  api.on(`GET ${of}`, () => samplePreferences({ user_id: 5, chat }));
  api.on(`POST ${of}/channels/chat/test`, () => ({ delivery_id: 9, status: "pending" }));
  const { user, reach } = await openReach("/preferences?user=5");
  const [, ofChat] = reach.getAllByRole("button", { name: "Send a test" });
  if (!ofChat) throw new Error("The chat has no test");
  await user.click(ofChat);
  expect(await reach.findByText(/^It was taken\./)).toBeVisible();
  expect(api.callsTo(`POST ${of}/channels/chat/test`)).toHaveLength(1);
});

test("the focus goes where the pressed button went", async () => {
  kept = samplePreferences({ chat: { is_set: true, shown_address: "slack://…", ...sampleChannelState() } });
  const { user, reach } = await openReach();
  await user.click(reach.getByRole("button", { name: "Remove" }));
  const undo = reach.getByRole("button", { name: "Undo" });
  await waitFor(() => expect(undo).toHaveFocus());
  await user.click(undo);
  await waitFor(() => expect(reach.getByRole("button", { name: "Replace" })).toHaveFocus());
});
