import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { OrderException, ProductSuggestion } from "@/api/types";
import { switchSingleKeys } from "@/keyboard/preference";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { sampleException, sampleExceptionStats, sampleProduct } from "@/testing/order-samples";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/order-exceptions";
let api: FakeApi;
let exceptions: OrderException[];

beforeEach(() => {
  api = new FakeApi();
  exceptions = [
    sampleException({ id: 3, original_product_name: "Kachkéis", comparable_gtin: "3", original_gtin: "3" }),
    sampleException({ id: 2, original_product_name: "Confiture", comparable_gtin: "2", original_gtin: "2" }),
    sampleException({ id: 1, original_product_name: "Miel", comparable_gtin: "1", original_gtin: "1" }),
  ];
  api.on(`GET ${path}`, ({ query }) => {
    const status = query.getAll("status");
    const q = query.get("q") ?? "";
    const items = exceptions
      .filter((item) => status.length === 0 || status.includes(item.status))
      .filter(({ original_product_name: name, original_gtin }) => `${name} ${original_gtin}`.includes(q));
    return { items, next_cursor: null };
  });
  api.on(`GET ${path}/{id}`, ({ ids }) => exceptions.find(({ id }) => ids.includes(id)) ?? problem(404));
  api.on(`GET ${path}/{id}/suggestions`, (): { items: ProductSuggestion[] } => ({
    items: [
      { product: sampleProduct({ id: 31, title: "Twin" }), reason: "gtin", score: 1 },
      { product: sampleProduct({ id: 32, title: "Cousin" }), reason: "name", score: 0.824 },
    ],
  }));
  api.on(`POST ${path}/{id}/resolve`, ({ ids }) => settle(ids, { status: "resolved" }));
  api.on(`POST ${path}/{id}/ignore`, ({ ids }) => settle(ids, { status: "ignored" }));
});

/** The server's part. */
function settle(ids: readonly number[], part: Partial<OrderException>): OrderException | undefined {
  exceptions = exceptions.map((item) => (ids.includes(item.id) ? { ...item, ...part } : item));
  return exceptions.find(({ id }) => ids.includes(id));
}

async function openWorkbench(address = "/order-exceptions") {
  const { user } = await renderApp(address);
  await screen.findAllByRole("article", { hidden: true });
  return user;
}

/** The panel, once it shows the item of this name and its suggestions. */
async function panelOf(name: string) {
  const dialog = await screen.findByRole("dialog", { name: "Order exception" });
  await within(dialog).findByRole("heading", { name });
  return within(dialog);
}

const titles = () => screen.getAllByRole("article").map((row) => row.querySelector("a")?.textContent);

describe("by keyboard alone", () => {
  test("j, Enter, a number and Enter match an item, and the next one is there at once", async () => {
    const user = await openWorkbench();
    await user.keyboard("j{Enter}");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Cousin/ });
    await user.keyboard("2");
    expect(panel.getByRole("radio", { name: /Cousin/ })).toBeChecked();
    expect(panel.getByRole("radio", { name: /Cousin/ })).toHaveFocus();
    await user.keyboard("{Enter}");
    await panelOf("Confiture");
    await waitFor(() => expect(screen.getByRole("heading", { name: "Confiture" })).toHaveFocus());
    expect(api.callsTo(`POST ${path}/3/resolve`)[0]?.body).toEqual({ product_id: 32 });
    expect(titles()).toEqual(["Confiture", "Miel"]);
    expect(screen.getByText("Matched with Cousin")).toBeVisible();
  });

  test("j and k go from one to the next in the panel", async () => {
    const user = await openWorkbench("/order-exceptions?exception=2");
    await panelOf("Confiture");
    await user.keyboard("j");
    await panelOf("Miel");
    await user.keyboard("kk");
    await panelOf("Kachkéis");
    expect(addressQuery()).toEqual({ exception: ["3"] });
  });

  test("Escape leads back to the row that was looked at last", async () => {
    const user = await openWorkbench();
    await user.keyboard("j{Enter}");
    await panelOf("Kachkéis");
    await user.keyboard("j");
    await panelOf("Confiture");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() => expect(screen.getByRole("article", { name: "Confiture" })).toHaveFocus());
    expect(screen.getByRole("article", { name: "Confiture" })).toHaveAttribute("data-cursor");
  });

  test("after the last one the panel closes", async () => {
    exceptions = exceptions.slice(2);
    const user = await openWorkbench("/order-exceptions?exception=1");
    const panel = await panelOf("Miel");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await screen.findByRole("heading", { name: "Every item has its product" })).toBeVisible();
    expect(addressQuery()).toEqual({});
  });

  test("single keys do nothing once they are switched off; buttons do", async () => {
    switchSingleKeys(false);
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    const twin = await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1ij");
    expect(twin).not.toBeChecked();
    await user.click(twin);
    await user.click(panel.getByRole("button", { name: /^This is it/ }));
    await panelOf("Confiture");
  });

  test("digits that are typed are text", async () => {
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    const twin = await panel.findByRole("radio", { name: /Twin/ });
    await user.type(panel.getByRole("searchbox", { name: /^Search all products/ }), "1");
    expect(twin).not.toBeChecked();
  });

  test("the keys are in the list of shortcuts", async () => {
    const user = await openWorkbench();
    await user.keyboard("?");
    const dialog = within(await screen.findByRole("dialog", { name: "Keyboard shortcuts" }));
    for (const name of ["Choose a suggestion", "Ignore with a note", "Match all with this GTIN", "Go to orders"])
      expect(dialog.getByText(name)).toBeVisible();
    // Whether it is open outlives the page.
    await user.keyboard("{Escape}");
  });
});

describe("which product it is", () => {
  test("a suggestion says why, and a similar name how similar", async () => {
    await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    expect(await panel.findByRole("radio", { name: /Twin.*Same GTIN/ })).toBeVisible();
    expect(panel.getByRole("radio", { name: /Cousin.*Similar name · 82 %/ })).toBeVisible();
    expect(panel.getByRole("button", { name: "This is it" })).toBeDisabled();
  });

  test("anything else is found by a search of the store's products", async () => {
    api.on("GET /api/v1/admin/products", () => ({
      items: [sampleProduct({ id: 77, title: "Far relation" })],
      next_cursor: null,
    }));
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await user.keyboard("/");
    await user.keyboard("far{Enter}");
    await user.click(await panel.findByRole("radio", { name: /Far relation/ }));
    await user.click(panel.getByRole("button", { name: /^This is it/ }));
    await panelOf("Confiture");
    expect(Object.fromEntries(api.callsTo("GET /api/v1/admin/products")[0]?.query ?? [])).toMatchObject({
      store_id: "7",
      q: "far",
    });
    expect(api.callsTo(`POST ${path}/3/resolve`)[0]?.body).toEqual({ product_id: 77 });
  });

  test("Escape in the search leaves the field, not the panel", async () => {
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await user.keyboard("/");
    expect(panel.getByRole("searchbox")).toHaveFocus();
    await user.keyboard("{Escape}");
    expect(panel.getByRole("searchbox")).not.toHaveFocus();
    expect(screen.getByRole("dialog")).toBeVisible();
  });

  test("what the server refuses stands at the choice, and nothing moves on", async () => {
    api.on(`POST ${path}/3/resolve`, () =>
      problem(400, { errors: [{ path: "product_id", message: "product 31 is another store's" }] }),
    );
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1{Enter}");
    expect(await panel.findByText("product 31 is another store's")).toBeVisible();
    expect(panel.getByRole("radio", { name: /Twin/ })).toBeChecked();
    expect(panel.getByRole("heading", { name: "Kachkéis" })).toBeVisible();
  });

  test("what somebody else has settled meanwhile is shown as they settled it", async () => {
    const ben = { id: 2, name: "Ben Weber" };
    api.on(`POST ${path}/3/resolve`, () => {
      settle([3], { status: "ignored", resolved_by: ben, resolved_at: "2026-03-02T10:00:00Z" });
      return problem(409, { detail: "Order exception 3 has been ignored already." });
    });
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1{Enter}");
    expect(await panel.findByText("Ben Weber")).toBeVisible();
    expect(panel.queryByRole("button", { name: /^This is it/ })).toBeNull();
  });
});

describe("all with the same GTIN", () => {
  beforeEach(() => {
    exceptions = exceptions.map((item) =>
      item.id === 1 ? item : { ...item, comparable_gtin: "9", original_gtin: "9" },
    );
    api.on(`POST ${path}/bulk-resolve`, () => {
      settle([2, 3], { status: "resolved" });
      return { resolved_count: 2 };
    });
  });

  test("is offered with their number, asked once more, and done with all", async () => {
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    expect(panel.queryByRole("button", { name: /with this GTIN/ })).toBeNull();
    await user.keyboard("1");
    await panel.findByRole("button", { name: /^All 2 with this GTIN/ });
    await user.keyboard("a");
    expect(panel.getByText(/Match all 2 open items with GTIN 9 of Book Store to “Twin”\?/)).toBeVisible();
    expect(panel.getByRole("button", { name: "Match all 2" })).toHaveFocus();
    expect(api.callsTo(`POST ${path}/bulk-resolve`)).toEqual([]);
    await user.keyboard("{Enter}");
    await panelOf("Miel");
    expect(api.callsTo(`POST ${path}/bulk-resolve`)[0]?.body).toEqual({ gtin: "9", product_id: 31 });
    expect(titles()).toEqual(["Miel"]);
    expect(screen.getByText("2 items matched")).toBeVisible();
  });

  test("Escape takes the question back, not the panel", async () => {
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1");
    await user.click(await panel.findByRole("button", { name: /^All 2/ }));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(panel.getByRole("button", { name: /^All 2/ })).toHaveFocus());
    expect(api.callsTo(`POST ${path}/bulk-resolve`)).toEqual([]);
  });
});

describe("ignoring", () => {
  test("i on a row asks why, and goes on to the next", async () => {
    const user = await openWorkbench();
    await user.keyboard("jji");
    const panel = await panelOf("Confiture");
    const notes = panel.getByRole("textbox", { name: "Why does it need no product?" });
    await waitFor(() => expect(notes).toHaveFocus());
    await user.click(panel.getByRole("button", { name: "Ignore this item" }));
    expect(panel.getByText("Please fill this in")).toBeVisible();
    await user.type(notes, "A gift card 1");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await panelOf("Miel");
    expect(api.callsTo(`POST ${path}/2/ignore`)[0]?.body).toEqual({ notes: "A gift card 1" });
    expect(titles()).toEqual(["Kachkéis", "Miel"]);
  });

  test("what the server refuses stands at the note", async () => {
    api.on(`POST ${path}/3/ignore`, () => problem(400, { errors: [{ path: "notes", message: "say why" }] }));
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await user.keyboard("i");
    const notes = await panel.findByRole("textbox", { name: "Why does it need no product?" });
    await user.type(notes, "x");
    await user.click(panel.getByRole("button", { name: "Ignore this item" }));
    expect(await panel.findByText("say why")).toBeVisible();
    expect(notes).toHaveValue("x");
    expect(panel.getByRole("heading", { name: "Kachkéis" })).toBeVisible();
  });

  test("Escape leaves the note, not the panel", async () => {
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await user.keyboard("i");
    await waitFor(() => expect(panel.getByRole("textbox", { name: /^Why/ })).toHaveFocus());
    await user.keyboard("{Escape}");
    await waitFor(() => expect(panel.getByRole("button", { name: /^Ignore…/ })).toHaveFocus());
    expect(screen.getByRole("dialog")).toBeVisible();
  });
});

describe("the list", () => {
  test("shows what is open; the address can ask for the rest", async () => {
    settle([2], { status: "resolved" });
    const user = await openWorkbench();
    expect(titles()).toEqual(["Kachkéis", "Miel"]);
    await user.click(screen.getByRole("button", { name: "Matched" }));
    await waitFor(() => expect(titles()).toEqual(["Confiture"]));
    await user.click(screen.getByRole("button", { name: "Problem" }));
    const menu = within(await screen.findByRole("dialog", { name: "Problem" }));
    await user.click(menu.getByLabelText("GTIN twice"));
    await waitFor(() => expect(addressQuery()).toEqual({ status: ["resolved"], type: ["duplicate_gtin"] }));
    expect(api.callsTo(`GET ${path}`).at(-1)?.query.getAll("exception_type")).toEqual(["duplicate_gtin"]);
  });

  test("what somebody else settles leaves it, what is new waits behind a count", async () => {
    await openWorkbench();
    settle([2], { status: "resolved" });
    exceptions = [sampleException({ id: 4, original_product_name: "Newcomer" }), ...exceptions];
    act(() => FakeEventSource.open[0]?.say("order_exception.changed", { id: 2 }));
    await waitFor(() => expect(titles()).toEqual(["Kachkéis", "Miel"]));
    expect(screen.getByRole("button", { name: "1 new" })).toBeVisible();
  });

  test("the menu counts what is open in all stores", async () => {
    let pending = 12;
    api.on(`GET ${path}/stats`, () => sampleExceptionStats({ pending, waiting_orders: 8 }));
    await openWorkbench();
    const item = await screen.findByRole("link", { name: /^Order exceptions\s*12$/ });
    expect(screen.getByText(/8 orders wait/)).toBeVisible();
    pending = 11;
    act(() => FakeEventSource.open[0]?.say("order_exception.changed", { id: 2 }));
    await waitFor(() => expect(item).toHaveTextContent("11"));
  });

  test("what cannot be loaded can be tried again, and an unknown one is told apart", async () => {
    await openWorkbench("/order-exceptions?exception=99");
    expect(await screen.findByRole("heading", { name: "This exception does not exist" })).toBeVisible();
  });

  test("whoever may only look sees the item and its order, and no way to settle it", async () => {
    api.user = sampleUser("viewer");
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    expect(panel.getByText("Your role may look at exceptions, not settle them.")).toBeVisible();
    expect(panel.getByRole("link", { name: "LS-7-R3" })).toHaveAttribute("href", "/orders/103");
    await user.keyboard("i1");
    expect(panel.queryByRole("textbox")).toBeNull();
    expect(panel.queryByRole("radio")).toBeNull();
  });
});
