import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { switchLanguage } from "@/i18n";
import { FakeEventSource } from "@/testing/browser";
import { FakeApi, problem } from "@/testing/fake-api";
import { FakeExceptions, openWorkbench, panelOf, titles } from "@/testing/fake-exceptions";
import { sampleProduct } from "@/testing/order-samples";
import { addressQuery } from "@/testing/render-app";

const path = "/api/v1/admin/order-exceptions";
let api: FakeApi;
let exceptions: FakeExceptions;

beforeEach(() => {
  api = new FakeApi();
  exceptions = new FakeExceptions(api);
});

describe("which product it is", () => {
  test("a suggestion says why, and a similar name how similar", async () => {
    await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    expect(await panel.findByRole("radio", { name: /Twin.*Same GTIN/ })).toBeVisible();
    expect(panel.getByRole("radio", { name: /Cousin.*Similar name · 82 %/ })).toBeVisible();
    expect(panel.getByRole("button", { name: "This is it" })).toBeDisabled();
  });

  test("its stock is said in words of the page", async () => {
    await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    expect(await panel.findByRole("radio", { name: /Twin.*Out of stock/ })).toBeVisible();
    onTestFinished(() => switchLanguage("en"));
    await act(() => switchLanguage("de"));
    expect(panel.getByRole("radio", { name: /Twin.*Nicht auf Lager/ })).toBeVisible();
  });

  test("an order is called by the number that the list of orders shows, and only one that is not confirmed waits", async () => {
    exceptions.change([2], { order_status: "processing" });
    await openWorkbench("/order-exceptions?exception=2");
    expect(screen.getByRole("article", { name: "Kachkéis", hidden: true })).toHaveTextContent("Order R3 waits");
    expect(screen.getByRole("article", { name: "Confiture", hidden: true })).not.toHaveTextContent("waits");
    const panel = await panelOf("Confiture");
    expect(panel.getByRole("link", { name: "R2" })).toBeVisible();
    expect(panel.getByText(/The order is confirmed already\. Only the product is unknown\.$/)).toBeVisible();
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
    expect(await panel.findByText("Product 31 is another store's")).toBeVisible();
    expect(panel.getByRole("radio", { name: /Twin/ })).toBeChecked();
    expect(panel.getByRole("heading", { name: "Kachkéis" })).toBeVisible();
  });

  test("what is on its way stays what was chosen, and the toast says what the server matched", async () => {
    let answer: () => void = () => {};
    api.on(`POST ${path}/3/resolve`, async () => {
      await new Promise<void>((done) => (answer = done));
      return exceptions.settle([3], {
        status: "resolved",
        resolved_product: sampleProduct({ id: 31, title: "Twin of the server" }),
      });
    });
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1{Enter}");
    await user.keyboard("2a");
    await user.click(panel.getByRole("radio", { name: /Cousin/ }));
    expect(panel.getByRole("radio", { name: /Twin/ })).toBeChecked();
    // The stream is faster than the answer: it tells nothing new.
    exceptions.settle([3], { status: "resolved", resolved_by: { id: 1, name: "Ada Moreau" } });
    act(() => FakeEventSource.open[0]?.say("order_exception.changed", { id: 3 }));
    await waitFor(() => expect(titles()).toEqual(["Confiture", "Miel"]));
    expect(panel.queryByText(/^Settled meanwhile/)).toBeNull();
    answer();
    await panelOf("Confiture");
    expect(screen.getByText("Matched with Twin of the server")).toBeVisible();
  });

  test("whoever has left the panel before the answer is not brought back", async () => {
    let answer: () => void = () => {};
    api.on(`POST ${path}/3/resolve`, async () => {
      await new Promise<void>((done) => (answer = done));
      return exceptions.settle([3], { status: "resolved" });
    });
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1{Enter}j");
    await panelOf("Confiture");
    await user.keyboard("j");
    await panelOf("Miel");
    answer();
    await waitFor(() => expect(titles()).toEqual(["Confiture", "Miel"]));
    expect(addressQuery()).toEqual({ exception: ["1"] });
  });

  test("what somebody settles while it is open says who, and Enter goes on to the one after it", async () => {
    const user = await openWorkbench("/order-exceptions?exception=2");
    const panel = await panelOf("Confiture");
    await panel.findByRole("radio", { name: /Twin/ });
    const ben = { id: 2, name: "Ben Weber" };
    exceptions.settle([2], { status: "ignored", resolved_by: ben, resolved_at: "2026-03-02T10:00:00Z" });
    act(() => FakeEventSource.open[0]?.say("order_exception.changed", { id: 2 }));
    expect(await panel.findByText("Settled meanwhile by Ben Weber.")).toBeVisible();
    await waitFor(() => expect(titles()).toEqual(["Kachkéis", "Miel"]));
    const next = panel.getAllByRole("button", { name: "Next exception" }).at(-1);
    expect(next).toHaveFocus();
    expect(next).toHaveAccessibleDescription("Settled meanwhile by Ben Weber.");
    await user.keyboard("{Enter}");
    await panelOf("Miel");
  });

  test("what was settled before it was opened is no news", async () => {
    exceptions.settle([3], {
      status: "resolved",
      resolved_by: { id: 2, name: "Ben Weber" },
      resolved_at: "2026-03-02T10:00:00Z",
    });
    await openWorkbench("/order-exceptions?status=all&exception=3");
    const panel = await panelOf("Kachkéis");
    expect(panel.getByText("Ben Weber")).toBeVisible();
    expect(panel.queryByText(/^Settled meanwhile/)).toBeNull();
  });

  test("what somebody else has settled meanwhile is shown as they settled it", async () => {
    const ben = { id: 2, name: "Ben Weber" };
    api.on(`POST ${path}/3/resolve`, () => {
      exceptions.settle([3], { status: "ignored", resolved_by: ben, resolved_at: "2026-03-02T10:00:00Z" });
      return problem(409, { detail: "Order exception 3 has been ignored already." });
    });
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1{Enter}");
    expect(await panel.findByText("Settled meanwhile by Ben Weber.")).toBeVisible();
    expect(panel.queryByRole("button", { name: /^This is it/ })).toBeNull();
  });
});

describe("the search", () => {
  test("is emptied by the first Escape; the second leads to what is chosen, which stays in sight", async () => {
    api.on("GET /api/v1/admin/products", () => ({
      items: [sampleProduct({ id: 41, title: "Found" })],
      next_cursor: null,
    }));
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("/");
    const search = panel.getByRole("searchbox");
    await user.type(search, "Found{Enter}");
    await panel.findByRole("radio", { name: /Found/ });
    await user.keyboard("{ArrowDown}");
    expect(panel.getByRole("radio", { name: /Found/ })).toHaveFocus();
    await user.keyboard("1/");
    await user.keyboard("{Escape}");
    expect(search).toHaveValue("");
    expect(search).toHaveFocus();
    await panel.findByRole("radio", { name: /Twin/ });
    expect(panel.getByRole("radio", { name: /Found/ })).toBeChecked();
    await user.keyboard("{Escape}");
    expect(panel.getByRole("radio", { name: /Found/ })).toHaveFocus();
    expect(screen.getByRole("dialog")).toBeVisible();
  });

  test("without any option Escape leads to the panel, where keys work", async () => {
    api.on(`GET ${path}/{id}/suggestions`, () => ({ items: [] }));
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByText(/^Nothing in the store resembles it/);
    await user.keyboard("/");
    expect(panel.getByRole("searchbox")).toHaveFocus();
    await user.keyboard("{Escape}j");
    await panelOf("Confiture");
  });
});

describe("all with the same GTIN", () => {
  beforeEach(() => {
    exceptions.change([2, 3], { comparable_gtin: "9", original_gtin: "9" });
    api.on(`POST ${path}/bulk-resolve`, () => {
      exceptions.settle([2, 3], { status: "resolved" });
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
    expect(
      panel.getByText(/Match all 2 open items with GTIN 9 of Book Store to “Twin” \(SKU P-31 · GTIN 9 · €12\.45\)\?/),
    ).toBeVisible();
    expect(panel.getByRole("button", { name: "Match all 2" })).toHaveFocus();
    expect(api.callsTo(`POST ${path}/bulk-resolve`)).toEqual([]);
    await user.keyboard("{Enter}");
    await panelOf("Miel");
    expect(api.callsTo(`POST ${path}/bulk-resolve`)[0]?.body).toEqual({ gtin: "9", product_id: 31 });
    expect(titles()).toEqual(["Miel"]);
    expect(screen.getByText("2 items matched")).toBeVisible();
  });

  test("while it is asked nothing else can be chosen, and the focus stays", async () => {
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1");
    await panel.findByRole("button", { name: /^All 2 with this GTIN/ });
    await user.keyboard("a2i/");
    expect(panel.getByRole("button", { name: "Match all 2" })).toHaveFocus();
    expect(panel.getByRole("radio", { name: /Twin/ })).toBeChecked();
    expect(panel.getByRole("region", { name: "Which product is it?" })).toHaveAttribute("inert");
    await user.keyboard("{Escape}");
    expect(panel.getByRole("button", { name: /^All 2/ })).toBeVisible();
    await user.keyboard("2");
    expect(panel.getByRole("radio", { name: /Cousin/ })).toBeChecked();
  });

  test("once the others are settled elsewhere it is not asked any more", async () => {
    const user = await openWorkbench("/order-exceptions?exception=3");
    const panel = await panelOf("Kachkéis");
    await panel.findByRole("radio", { name: /Twin/ });
    await user.keyboard("1");
    await user.click(await panel.findByRole("button", { name: /^All 2/ }));
    exceptions.settle([2], { status: "resolved" });
    act(() => FakeEventSource.open[0]?.say("order_exception.changed", { id: null }));
    await panel.findByRole("button", { name: /^This is it/ });
    await user.keyboard("2");
    expect(panel.getByRole("radio", { name: /Cousin/ })).toBeChecked();
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
    expect(await panel.findByText("Say why")).toBeVisible();
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
