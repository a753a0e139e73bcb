import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page } from "@playwright/test";

// As tests/e2e/serve.py starts it.
export const admin = { email: "admin@tocsin.local", password: "a tocsin is an alarm bell" };

export async function signIn(page: Page): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Notifications", level: 1 })).toBeVisible();
}

export async function createStore(request: APIRequestContext, name: string): Promise<number> {
  const merchant = await request.post("/api/v1/admin/merchants", {
    data: { name: `${name} S.A.`, contact_email: "office@example.com" },
  });
  expect(merchant.status(), await merchant.text()).toBe(201);
  const code = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
  const store = await request.post("/api/v1/admin/stores", {
    data: { merchant_id: (await merchant.json()).id, name, store_code: code, subdomain: code.toLowerCase() },
  });
  expect(store.status(), await store.text()).toBe(201);
  return (await store.json()).id;
}

/** What the simulated Letzshop does wrong from now on with the shop of this key. */
export async function letzshopFault(request: APIRequestContext, key: string, fault: string): Promise<void> {
  const port = process.env["TOCSIN_E2E_LETZSHOP_PORT"] ?? "8098";
  const set = await request.post(`http://127.0.0.1:${port}/faults`, { data: { fault, key } });
  expect(set.status(), await set.text()).toBe(204);
}

/** A feed of `rows` products, of which the first `broken` have no readable price. */
export function feed(rows: number, broken: number): Buffer {
  const lines = ["id\ttitle\tprice"];
  for (let row = 1; row <= rows; row += 1) {
    lines.push(`SKU-${row}\tConfiture ${row}\t${row <= broken ? "on request" : `${row}.95 EUR`}`);
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}

export async function upload(page: Page, store: string, content: Buffer): Promise<void> {
  await page.goto("/imports");
  await page.getByRole("button", { name: "New import" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New import" });
  await dialog.getByLabel("Store").first().fill(store);
  await page.getByRole("option", { name: store }).click();
  await dialog
    .locator('input[type="file"]')
    .setInputFiles({ name: "feed.tsv", mimeType: "text/plain", buffer: content });
  await dialog.getByRole("button", { name: "Start import" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: /Import #/ })).toBeVisible();
}

/** No accessibility violation of WCAG 2 A and AA on what is shown now. */
export async function expectAccessible(page: Page): Promise<void> {
  // Colours in transition are nobody's final colours.
  await page.waitForTimeout(400);
  const { violations } = await new AxeBuilder({ page })
    // In the page itself instead of a second one: half the time, and there are no frames.
    .setLegacyMode()
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  expect(found).toEqual([]);
}
