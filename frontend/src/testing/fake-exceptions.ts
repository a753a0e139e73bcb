/** The part of the server that keeps order exceptions, and the workbench over it. */
import { screen, within } from "@testing-library/react";
import type { OrderException, ProductSuggestion } from "@/api/types";
import { type FakeApi, problem } from "@/testing/fake-api";
import { sampleException, sampleProduct } from "@/testing/order-samples";
import { renderApp } from "@/testing/render-app";

const path = "/api/v1/admin/order-exceptions";
const named = (id: number, name: string) =>
  sampleException({ id, original_product_name: name, comparable_gtin: String(id), original_gtin: String(id) });

export class FakeExceptions {
  items: OrderException[] = [named(3, "Kachkéis"), named(2, "Confiture"), named(1, "Miel")];

  constructor(api: FakeApi) {
    api.on(`GET ${path}`, ({ query }) => {
      const status = query.getAll("status");
      const q = query.get("q") ?? "";
      const gtin = query.get("gtin");
      const order = query.get("order_id");
      const items = this.items
        .filter((item) => status.length === 0 || status.includes(item.status))
        .filter(({ comparable_gtin }) => gtin === null || comparable_gtin === gtin)
        .filter(({ order_id }) => order === null || String(order_id) === order)
        .filter(({ original_product_name: name, original_gtin }) => `${name} ${original_gtin}`.includes(q));
      return { items, next_cursor: null };
    });
    api.on(`GET ${path}/{id}`, ({ ids }) => this.items.find(({ id }) => ids.includes(id)) ?? problem(404));
    api.on(`GET ${path}/{id}/suggestions`, (): { items: ProductSuggestion[] } => ({
      items: [
        {
          product: sampleProduct({ id: 31, title: "Twin", gtin: "9", availability: "out_of_stock" }),
          reason: "gtin",
          score: 1,
        },
        { product: sampleProduct({ id: 32, title: "Cousin" }), reason: "name", score: 0.824 },
      ],
    }));
    api.on(`POST ${path}/{id}/resolve`, ({ ids, body }) => {
      const { product_id: id } = body as { product_id: number }; // `as`: what the page sends
      return this.settle(ids, { status: "resolved", resolved_product: sampleProduct({ id, title: `Product ${id}` }) });
    });
    api.on(`POST ${path}/{id}/ignore`, ({ ids }) => this.settle(ids, { status: "ignored" }));
  }

  change(ids: readonly number[], part: Partial<OrderException>): void {
    this.items = this.items.map((item) => (ids.includes(item.id) ? { ...item, ...part } : item));
  }

  settle(ids: readonly number[], part: Partial<OrderException>): OrderException | undefined {
    this.change(ids, part);
    return this.items.find(({ id }) => ids.includes(id));
  }
}

export async function openWorkbench(address = "/order-exceptions") {
  const { user } = await renderApp(address);
  await screen.findAllByRole("article", { hidden: true });
  return user;
}

/** The panel, once it shows the item of this name. */
export async function panelOf(name: string) {
  const dialog = await screen.findByRole("dialog", { name: "Order exception" });
  await within(dialog).findByRole("heading", { name });
  return within(dialog);
}

export const titles = () => screen.getAllByRole("article").map((row) => row.querySelector("a")?.textContent);
