import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { switchSingleKeys } from "@/keyboard/preference";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi } from "@/testing/fake-api";
import { FakeExceptions, openWorkbench, panelOf, titles } from "@/testing/fake-exceptions";
import { sampleException, sampleExceptionStats, sampleOrderDetail } from "@/testing/order-samples";
import { addressQuery } from "@/testing/render-app";
import { sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/order-exceptions";
let api: FakeApi;
let exceptions: FakeExceptions;

beforeEach(() => {
  api = new FakeApi();
  exceptions = new FakeExceptions(api);
});

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
    expect(screen.getByText("Matched with Product 32")).toBeVisible();
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
    exceptions.items = exceptions.items.slice(2);
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

describe("the list", () => {
  test("shows what is open; the address can ask for the rest", async () => {
    exceptions.settle([2], { status: "resolved" });
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
    exceptions.settle([2], { status: "resolved" });
    exceptions.items = [sampleException({ id: 4, original_product_name: "Newcomer" }), ...exceptions.items];
    act(() => FakeEventSource.open[0]?.say("order_exception.changed", { id: 2 }));
    await waitFor(() => expect(titles()).toEqual(["Kachkéis", "Miel"]));
    expect(screen.getByRole("button", { name: "1 new" })).toBeVisible();
  });

  test("the menu counts what is open in all stores", async () => {
    let pending = 12;
    api.on(`GET ${path}/stats`, () => sampleExceptionStats({ pending, waiting_orders: 8 }));
    await openWorkbench();
    const item = await screen.findByRole("link", { name: /^Order exceptions\s*12$/ });
    expect(screen.getByText(/Only orders that are not confirmed yet wait for them\. 8 orders wait\.$/)).toBeVisible();
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
    expect(panel.getByRole("link", { name: "R3" })).toHaveAttribute("href", "/orders/103");
    await user.keyboard("i1");
    expect(panel.queryByRole("textbox")).toBeNull();
    expect(panel.queryByRole("radio")).toBeNull();
  });
});

test("a notification's way leads to one order's exceptions, under its number, and can be taken off", async () => {
  exceptions.items = exceptions.items.map((item) => ({ ...item, order_id: item.id }));
  api.on("GET /api/v1/admin/orders/2", () => sampleOrderDetail({ id: 2, external_order_number: "R2" }));
  const user = await openWorkbench("/order-exceptions?order=2");
  await waitFor(() => expect(titles()).toEqual(["Confiture"]));
  expect(await screen.findByRole("button", { name: /^Order.*R2/ })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Clear" }));
  await waitFor(() => expect(titles()).toEqual(["Kachkéis", "Confiture", "Miel"]));
  expect(addressQuery()).toEqual({});
});
