import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi } from "@/testing/fake-api";
import { sampleChannelState } from "@/testing/preference-samples";
import { renderApp } from "@/testing/render-app";
import { sampleUser } from "@/testing/samples";

let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  api.on("GET /api/v1/admin/delivery/destinations", () => ({ items: [], next_cursor: null }));
  const off = { is_enabled: false, disabled_reason: "bounced", last_error: "550 5.1.1 No such user." };
  api.on("GET /api/v1/admin/delivery/destinations/personal", () => ({
    items: [
      { user: { id: 3, name: "Anne" }, channels: [{ channel: "email", ...sampleChannelState() }] },
      {
        user: { id: 4, name: "Ben" },
        channels: [{ channel: "chat", ...sampleChannelState({ failing_since: "2026-03-02T09:30:00Z" }) }],
      },
      { user: { id: 5, name: "Cleo" }, channels: [{ channel: "email", ...sampleChannelState(off) }] },
    ],
  }));
});

const panel = async () => within(await screen.findByRole("region", { name: "People who are not reached" }));

test("who is not reached is named with the reason, those who get nothing first, and leads to their preferences", async () => {
  await renderApp("/delivery/destinations");
  const shown = await panel();
  const [first, second, ...others] = shown.getAllByRole("listitem");
  expect(first).toHaveTextContent("CleoE-mailSwitched off");
  expect(first).toHaveTextContent("There is no such address, says the mail server550 5.1.1 No such user.");
  expect(second).toHaveTextContent("BenChatFailing");
  expect(others).toHaveLength(0);
  expect(shown.getByRole("link", { name: "Open the preferences of Cleo" })).toHaveAttribute(
    "href",
    "/preferences?user=5",
  );
});

test("an operator sees them, without a way to the preferences of others", async () => {
  api.user = sampleUser("operator");
  await renderApp("/delivery/destinations");
  const shown = await panel();
  expect(shown.getByText("Cleo")).toBeVisible();
  expect(shown.queryByRole("link")).toBeNull();
});
