import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleNotification, sampleStore, sampleUser } from "@/testing/samples";

const post = "POST /api/v1/admin/notifications";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  api.on("GET /api/v1/admin/stores", () => ({
    items: [sampleStore({ id: 7, name: "Book Store" })],
    next_cursor: null,
  }));
});

async function openDialog(address = "/notifications?create=true") {
  const { user } = await renderApp(address);
  return { user, dialog: within(await screen.findByRole("dialog", { name: "New notification" })) };
}

type Opened = Awaited<ReturnType<typeof openDialog>>;

async function choose({ user, dialog }: Opened, label: string, option: string) {
  await user.click(dialog.getByRole("combobox", { name: label }));
  await user.click(await screen.findByRole("option", { name: option }));
}

async function write({ user, dialog }: Opened, label: string, text: string) {
  await user.click(dialog.getByLabelText(label));
  await user.paste(text);
}

async function writeFreeze(opened: Opened) {
  await write(opened, "Title", " Catalogue freeze ");
  await write(opened, "Message", "No imports from 22:00.");
}

test("what is written is sent with its type, priority, store and link, and then stands in the list", async () => {
  api.on(post, ({ body }) => {
    const created = sampleNotification({ id: 1, ...(body as object) });
    api.notifications = [created];
    return Response.json(created, { status: 201 });
  });
  const opened = await openDialog();
  await writeFreeze(opened);
  await choose(opened, "Type", "Security alert");
  await choose(opened, "Priority", "High");
  await choose(opened, "Store", "Book Store");
  await write(opened, "Link", "/imports");
  await opened.user.click(opened.dialog.getByRole("button", { name: "Create" }));
  expect(await screen.findByRole("article", { name: "Catalogue freeze" })).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(addressQuery()).toEqual({});
  expect(api.callsTo(post)[0]?.body).toEqual({
    title: "Catalogue freeze",
    message: "No imports from 22:00.",
    type: "security_alert",
    priority: "high",
    store_id: 7,
    action_url: "/imports",
  });
});

test("without a store and a link it is about the platform and leads nowhere", async () => {
  api.on(post, () => Response.json(sampleNotification({ id: 1 }), { status: 201 }));
  const opened = await openDialog();
  await writeFreeze(opened);
  await opened.user.click(opened.dialog.getByRole("button", { name: "Create" }));
  expect(await screen.findByText("Notification sent to all admins")).toBeVisible();
  expect(api.callsTo(post)[0]?.body).toMatchObject({ store_id: null, action_url: null });
});

test("the server's field errors stand at the fields they are about, and what was written stays", async () => {
  api.on(post, () => problem(400, { errors: [{ path: "action_url", message: "must be a path or an https address" }] }));
  const opened = await openDialog();
  const { user, dialog } = opened;
  await writeFreeze(opened);
  await write(opened, "Link", "http://shop.test");
  await user.click(dialog.getByRole("button", { name: "Create" }));
  await waitFor(() => expect(dialog.getByLabelText("Link")).toBeInvalid());
  expect(dialog.getByLabelText("Link")).toHaveAccessibleDescription(/Must be a path or an https address/);
  expect(dialog.getByRole("alert")).toBeEmptyDOMElement();
  expect(dialog.getByLabelText("Message")).toHaveValue("No imports from 22:00.");
});

test("what is missing is said before anything is sent", async () => {
  const { user, dialog } = await openDialog();
  await user.click(dialog.getByRole("button", { name: "Create" }));
  expect(dialog.getByLabelText("Title")).toHaveAccessibleDescription("Please fill this in");
  expect(dialog.getByLabelText("Message")).toHaveAccessibleDescription("Please fill this in");
  expect(api.callsTo(post)).toEqual([]);
});

test("closing the dialog leaves the list's filters in the address", async () => {
  const { user } = await openDialog("/notifications?priority=high&create=true");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(addressQuery()).toEqual({ priority: ["high"] });
});

test("an operator is offered no notification by hand, not even by its address", async () => {
  api.user = sampleUser("operator");
  await renderApp("/notifications?create=true");
  expect(await screen.findByRole("button", { name: "Mark all read" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "New notification" })).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});
