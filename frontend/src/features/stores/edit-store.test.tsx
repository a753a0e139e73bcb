import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { Store } from "@/api/types";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleStore } from "@/testing/samples";

const patch = "PATCH /api/v1/admin/stores/{id}";
let api: FakeApi;
let store: Store;
beforeEach(() => {
  api = new FakeApi();
  store = sampleStore({ id: 7, name: "Book Store", store_code: "BOOKS", description: "Old and new books" });
  api.on("GET /api/v1/admin/stores/{id}", () => store);
  api.on(patch, ({ body }) => {
    store = { ...store, ...(body as Partial<Store>) };
    return store;
  });
});
const sent = () => api.callsTo("PATCH /api/v1/admin/stores/7").map(({ body }) => body);

async function edit() {
  const { user } = await renderApp("/stores/7");
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Edit store" }));
  const write = async (label: string, text: string) => {
    const field = dialog.getByLabelText(label);
    await user.clear(field);
    // Clearing has put the focus there.
    if (text) await user.paste(text);
  };
  const save = () => user.click(dialog.getByRole("button", { name: "Save" }));
  return { user, dialog, write, save };
}

describe("a store that is edited", () => {
  test("sends what has changed and nothing else, and shows it at once", async () => {
    const { write, save } = await edit();
    expect(addressQuery()).toEqual({ edit: ["true"] });
    await write("Name", "  Book Palace ");
    await write("Description", "");
    await write("Boost in the listing", "2.5");
    await save();
    expect(await screen.findByText("Book Palace saved")).toBeVisible();
    expect(sent()).toEqual([{ name: "Book Palace", description: null, letzshop_boost_sort: 2.5 }]);
    expect(await screen.findByRole("heading", { name: "Book Palace" })).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(addressQuery()).toEqual({});
  });

  test("chooses tax rate and delivery from what the platform knows", async () => {
    const { user, dialog, save } = await edit();
    await user.click(dialog.getByRole("combobox", { name: "Default tax rate" }));
    await user.click(await screen.findByRole("option", { name: "3 %" }));
    await user.click(dialog.getByRole("combobox", { name: "Delivery" }));
    await user.click(await screen.findByRole("option", { name: "Collected by the customer" }));
    await save();
    await waitFor(() =>
      expect(sent()).toEqual([{ letzshop_default_tax_rate: 3, letzshop_delivery_method: "self_collect" }]),
    );
  });

  test("a code written in another case is no change, and nothing is sent when nothing has changed", async () => {
    const { write, save } = await edit();
    await write("Store code", "books");
    await save();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent()).toEqual([]);
  });

  test("what cannot be is said at its field before anything is sent", async () => {
    const { dialog, write, save } = await edit();
    await write("Subdomain", "-books-");
    await write("German feed", "ftp://feed.test");
    await write("Pre-order days", "400");
    await save();
    expect(dialog.getByLabelText("Subdomain")).toHaveAccessibleDescription("Letters, digits and - between them.");
    expect(dialog.getByLabelText("German feed")).toHaveAccessibleDescription("Start with http:// or https://");
    expect(dialog.getByLabelText("Pre-order days")).toHaveAccessibleDescription(/From 0 to 365/);
    expect(sent()).toEqual([]);
  });

  test("a code that is taken is said at its field, and what was typed stays", async () => {
    api.on(patch, () =>
      problem(409, { code: "already_taken", errors: [{ path: "store_code", message: "already taken" }] }),
    );
    const { dialog, write, save } = await edit();
    await write("Store code", "WINE");
    await save();
    await waitFor(() =>
      expect(dialog.getByLabelText("Store code")).toHaveAccessibleDescription(/Another store has this code/),
    );
    expect(dialog.getByLabelText("Store code")).toHaveValue("WINE");
  });
});

describe("a store that is taken out of use", () => {
  async function ask(verb: string) {
    const { user } = await renderApp("/stores/7");
    await user.click(await screen.findByRole("button", { name: "More actions: Book Store" }));
    await user.click(await screen.findByRole("menuitem", { name: verb }));
    return { user, dialog: within(await screen.findByRole("dialog", { name: `${verb} Book Store?` })) };
  }

  test("says what happens first, does it when confirmed, and says what has stopped", async () => {
    store = { ...store, stopped_schedules: ["store:7:sync", "store:7:import"] };
    const { user, dialog } = await ask("Deactivate");
    expect(dialog.getByText(/scheduled work stops. Nothing is deleted/)).toBeVisible();
    expect(sent()).toEqual([]);
    await user.click(dialog.getByRole("button", { name: "Deactivate" }));
    expect(await screen.findByText("Book Store is inactive")).toBeVisible();
    expect(screen.getByText("2 schedules stopped")).toBeVisible();
    expect(sent()).toEqual([{ is_active: false }]);
    expect(screen.getByText("Inactive")).toBeVisible();
  });

  test("by the keyboard alone: the menu's first item has the focus when it opens", async () => {
    const { user } = await renderApp("/stores/7");
    const more = await screen.findByRole("button", { name: "More actions: Book Store" });
    act(() => more.focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByRole("menuitem", { name: "Deactivate" })).toHaveFocus());
    // The trap takes the focus a moment later.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.getByRole("menuitem", { name: "Deactivate" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("dialog", { name: "Deactivate Book Store?" })).toBeVisible();
  });

  test("comes back the same way", async () => {
    store = { ...store, is_active: false };
    const { user, dialog } = await ask("Activate");
    await user.click(dialog.getByRole("button", { name: "Activate" }));
    expect(await screen.findByText("Book Store is active again")).toBeVisible();
    expect(sent()).toEqual([{ is_active: true }]);
  });

  test("a refusal is said, and the store is as it was", async () => {
    api.on(patch, () => problem(409, { detail: "A sync runs." }));
    const { user, dialog } = await ask("Deactivate");
    await user.click(dialog.getByRole("button", { name: "Deactivate" }));
    expect(await screen.findByText("A sync runs.")).toBeVisible();
    expect(screen.getByText("Active")).toBeVisible();
  });
});
