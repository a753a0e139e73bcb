import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { createStore, expectAccessible, feed, signIn } from "./product";

// Run by `./just stories`: a sync, an import and analyses of whole pages take seconds each.
const story = { tag: "@story" };

test("exceptions are settled one after the other by keyboard, and free their order", story, async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page);
  const storeId = await shopWithOrders(page.request, `exceptions-${Date.now()}`);
  const before = await openCount(page.request, storeId);
  expect(before).toBeGreaterThan(3);

  await page.goto(`/order-exceptions?store=${storeId}`);
  await expect(page.getByRole("article").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Order exception" });
  const title = panel.getByRole("heading", { level: 2 }).last();
  await expect(title).toBeFocused();
  const first = await shownId(page);
  await expectAccessible(page);

  // A product from the search, by its number.
  await page.keyboard.press("/");
  await page.keyboard.type("Confiture 7");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("radio", { name: /Confiture 7/ }).first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("1");
  await expect(panel.getByRole("radio", { name: /Confiture 7/ }).first()).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Enter");

  // The next one is there by itself, and needs none.
  await expect.poll(() => shownId(page)).not.toBe(first);
  await expect(title).toBeFocused();
  const second = await shownId(page);
  await page.keyboard.press("i");
  await expect(panel.getByRole("textbox", { name: "Why does it need no product?" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("A gift card");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => openCount(page.request, storeId)).toBe(before - 2);
  // The server knows before the page does, and until then Escape only leaves the note.
  await expect.poll(() => shownId(page)).not.toBe(second);
  await expect(title).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page.locator("article[data-cursor]")).toBeFocused();
});

test("an order waits for its exceptions, is confirmed in part, and shows what was sent", story, async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page);
  const storeId = await shopWithOrders(page.request, `order-${Date.now()}`);
  await page.goto(`/orders?store=${storeId}&status=pending&exceptions=true`);
  await expectAccessible(page);
  await page.getByRole("link", { name: /^R\d+/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: /^Order R/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Confirm units" })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);

  // Every item is settled elsewhere; the page hears of it.
  const id = Number(new URL(page.url()).pathname.split("/").at(-1));
  await ignoreAll(page.request, id);
  await expect(page.getByRole("button", { name: "Confirm units" })).not.toHaveAttribute("aria-disabled");
  await page.getByRole("button", { name: "Confirm units" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm units" });
  await dialog.getByRole("checkbox").first().uncheck();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: /^(Confirm|Decline)/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Completed", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("1 declined").first()).toBeVisible();
  await expectAccessible(page);
});

test("orders and exceptions have no accessibility violation on a phone in the dark", story, async ({ page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page);
  const storeId = await shopWithOrders(page.request, `phone-${Date.now()}`);
  await page.goto(`/orders?store=${storeId}&exceptions=true`);
  await expect(page.getByRole("link", { name: /^R\d+/ }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: /^R\d+/ }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: /^Order R/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "No product matches" }).first().click();
  await expect(page.getByRole("dialog", { name: "Order exception" }).getByText("Which product is it?")).toBeVisible();
  await expectAccessible(page);
});

/** A store with products and the opening orders of a simulated shop of its own, of which it sells nothing. */
async function shopWithOrders(request: APIRequestContext, name: string): Promise<number> {
  const storeId = await createStore(request, `Shop ${name}`);
  await until(request, `/api/v1/admin/imports`, {
    multipart: {
      store_id: String(storeId),
      language: "fr",
      file: { name: "feed.tsv", mimeType: "text/plain", buffer: feed(30, 0) },
    },
  });
  const saved = await request.put(`/api/v1/admin/letzshop/stores/${storeId}/credentials`, {
    data: { api_key: `sim-${name}`, auto_sync_enabled: false },
  });
  expect(saved.status(), await saved.text()).toBe(200);
  await until(request, `/api/v1/admin/letzshop/stores/${storeId}/sync`, {}, "/api/v1/admin/letzshop/runs");
  return storeId;
}

/** Starts something and waits until it has completed. */
async function until(
  request: APIRequestContext,
  path: string,
  options: Parameters<APIRequestContext["post"]>[1],
  jobs = path,
): Promise<void> {
  const started = await request.post(path, options);
  expect(started.status(), await started.text()).toBe(202);
  const { id } = await started.json();
  await expect
    .poll(async () => (await (await request.get(`${jobs}/${id}`)).json()).status, { timeout: 60_000 })
    .toBe("completed");
}

async function openCount(request: APIRequestContext, storeId: number): Promise<number> {
  const stats = await request.get(`/api/v1/admin/order-exceptions/stats?store_id=${storeId}`);
  return (await stats.json()).pending;
}

async function ignoreAll(request: APIRequestContext, orderId: number): Promise<void> {
  const order = await (await request.get(`/api/v1/admin/orders/${orderId}`)).json();
  for (const { exception } of order.items) {
    if (exception?.status !== "pending") continue;
    const ignored = await request.post(`/api/v1/admin/order-exceptions/${exception.id}/ignore`, {
      data: { notes: "Not sold here" },
    });
    expect(ignored.status(), await ignored.text()).toBe(200);
  }
}

async function shownId(page: Page): Promise<string | null> {
  return new URL(page.url()).searchParams.get("exception");
}
