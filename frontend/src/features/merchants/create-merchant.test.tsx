import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi, problem } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleMerchant } from "@/testing/samples";

const post = "POST /api/v1/admin/merchants";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});

async function fillIn() {
  const { user } = await renderApp("/merchants?create=true");
  const dialog = within(await screen.findByRole("dialog", { name: "New merchant" }));
  await user.type(dialog.getByLabelText("Name"), "Books & Co");
  await user.type(dialog.getByLabelText("Contact e-mail"), "books@merchant.test");
  await user.click(dialog.getByRole("button", { name: "Create" }));
  return dialog;
}

test("the server's field errors stand at the fields they are about", async () => {
  api.on(post, () =>
    problem(422, {
      errors: [
        { path: "name", message: "There is a merchant of this name" },
        { path: "body.contact_email", message: "This domain takes no mail" },
      ],
    }),
  );
  const dialog = await fillIn();
  await waitFor(() => {
    expect(dialog.getByLabelText("Name")).toHaveAccessibleDescription("There is a merchant of this name");
  });
  expect(dialog.getByLabelText("Name")).toBeInvalid();
  expect(dialog.getByLabelText("Contact e-mail")).toHaveAccessibleDescription("This domain takes no mail");
  expect(dialog.getByRole("alert")).toBeEmptyDOMElement();
  expect(dialog.getByLabelText("Name")).toHaveFocus();
});

test("a refusal leads to the first field that it is about, written as a sentence begins", async () => {
  api.on(post, () => problem(422, { errors: [{ path: "contact_email", message: "takes no mail" }] }));
  const dialog = await fillIn();
  await waitFor(() => expect(dialog.getByLabelText("Contact e-mail")).toHaveFocus());
  expect(dialog.getByLabelText("Contact e-mail")).toHaveAccessibleDescription("Takes no mail");
});

test("an error that belongs to no field stands above the form", async () => {
  api.on(post, () => problem(422, { errors: [{ path: "contract", message: "None is signed" }] }));
  const dialog = await fillIn();
  expect(await dialog.findByText("contract: None is signed")).toBeVisible();
});

test("a failure of the server is said with its reference, and what was typed stays", async () => {
  api.on(post, () => problem(500, {}, { "X-Request-ID": "req-99" }));
  const dialog = await fillIn();
  expect(await dialog.findByText(/Reference req-99/)).toBeVisible();
  expect(dialog.getByLabelText("Name")).toHaveValue("Books & Co");
});

test("a created merchant closes the form and is said and listed", async () => {
  api.on(post, () => {
    const merchant = sampleMerchant({ id: 3, name: "Books & Co" });
    api.on("GET /api/v1/admin/merchants", () => ({ items: [merchant], next_cursor: null }));
    return merchant;
  });
  await fillIn();
  expect(await screen.findByText("Books & Co created")).toBeVisible();
  expect(await screen.findByRole("link", { name: "Books & Co" })).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("what is missing is said before anything is sent", async () => {
  const { user } = await renderApp("/merchants?create=true");
  const dialog = within(await screen.findByRole("dialog", { name: "New merchant" }));
  await user.click(dialog.getByRole("button", { name: "Create" }));
  expect(dialog.getByLabelText("Name")).toHaveAccessibleDescription("Please fill this in");
  expect(dialog.getByLabelText("Name")).toHaveFocus();
  expect(api.callsTo(post)).toEqual([]);
});
