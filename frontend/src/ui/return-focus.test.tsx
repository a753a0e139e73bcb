import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { becomePhone } from "@/testing/browser";
import { FakeApi } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleAlert, sampleNotification } from "@/testing/samples";

let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});

/** Closed by Escape once the focus is inside. */
async function closeDialog(user: Awaited<ReturnType<typeof renderApp>>["user"], name: string | RegExp) {
  const dialog = await screen.findByRole("dialog", { name });
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
}

describe("the focus returns to what opened", () => {
  test.each([
    { what: "a form", at: "/merchants", button: "New merchant" },
    { what: "the import dialog", at: "/imports", button: "New import" },
  ])("$what", async ({ at, button: name }) => {
    const { user } = await renderApp(at);
    const button = (await screen.findAllByRole("button", { name }))[0] ?? document.body;
    await user.click(button);
    await closeDialog(user, name);
    await waitFor(() => expect(button).toHaveFocus());
  });

  test("a question", async () => {
    api.notifications = [sampleNotification({ id: 1, title: "Feed is empty" })];
    const { user } = await renderApp("/notifications");
    await screen.findByRole("article", { name: "Feed is empty" });
    await user.keyboard("jx");
    const button = within(screen.getByRole("toolbar")).getByRole("button", { name: "Delete" });
    await user.click(button);
    await closeDialog(user, "Delete this notification?");
    await waitFor(() => expect(button).toHaveFocus());
  });

  test("a drawer", async () => {
    const alert = sampleAlert({ id: 9, title: "Feed is broken" });
    api.on("GET /api/v1/admin/notifications/alerts", () => ({ items: [alert], next_cursor: null }));
    api.on("GET /api/v1/admin/notifications/alerts/9", () => alert);
    const { user } = await renderApp("/notifications?tab=alerts");
    const title = within(await screen.findByRole("article", { name: "Feed is broken" })).getByText("Feed is broken");
    await user.click(title);
    await closeDialog(user, /^Platform alert/);
    await waitFor(() => expect(title.closest("article")).toContainElement(document.activeElement as HTMLElement));
  });

  test("the palette", async () => {
    const { user } = await renderApp("/merchants");
    // The header's; an empty list offers another.
    const [button = document.body] = await screen.findAllByRole("button", { name: "New merchant" });
    button.focus();
    await user.keyboard("{Control>}k{/Control}");
    await closeDialog(user, "");
    await waitFor(() => expect(button).toHaveFocus());
  });

  test("the menu of a phone", async () => {
    becomePhone();
    const { user } = await renderApp("/merchants");
    const button = await screen.findByRole("button", { name: "Open menu" });
    await user.click(button);
    await closeDialog(user, "Tocsin");
    await waitFor(() => expect(button).toHaveFocus());
  });
});

test("a dialog that the address opened leaves the focus on the page's content", async () => {
  const { user } = await renderApp("/merchants?create=true");
  await closeDialog(user, "New merchant");
  await waitFor(() => expect(screen.getByRole("main")).toHaveFocus());
});
