import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { createStore, expectAccessible, letzshopFault, signIn } from "./product";

// Run by `./just stories`: slow pages and analyses take seconds each.
const story = { tag: "@story" };

test("a key that Letzshop refuses says so at its field, and a good one connects the store", story, async ({ page }) => {
  await signIn(page);
  const storeId = await createStore(page.request, `Keys of Letzshop ${Date.now()}`);
  await page.goto(`/stores/${storeId}?tab=letzshop`);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Connect" });
  const key = dialog.getByLabel("API key");
  await expect(key).toBeFocused();
  await key.fill("not-a-key-of-anybody");
  await page.keyboard.press("Enter");
  await expect(key).toHaveAttribute("aria-invalid", "true");
  await expect(key).toHaveAccessibleDescription(/Letzshop/);
  await expectAccessible(page);
  await key.fill("sim-connect-9f3c");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("…9f3c")).toBeVisible();
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("Letzshop accepts the key.")).toBeVisible();
});

test("a historical import is followed through its two phases to its end", story, async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page);
  const key = `sim-history-${Date.now()}`;
  const storeId = await connect(page.request, key);
  await letzshopFault(page.request, key, "slow");
  await page.goto(`/stores/${storeId}?tab=letzshop`);
  await page.getByRole("button", { name: "Import history" }).click();
  await expect(page.getByRole("button", { name: "Import history" })).toHaveAttribute("aria-disabled", "true");
  await page
    .getByRole("status")
    .getByRole("link", { name: /^Historical import #/ })
    .click();
  const phases = page.getByRole("list", { name: "Phases" });
  await expect(phases.getByText("Confirmed orders", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByText("Every shipment was taken")).toBeVisible({ timeout: 60_000 });
  await expect(phases).toBeHidden();
  await expect(
    page
      .getByRole("term")
      .filter({ hasText: /^Orders$/ })
      .locator("+ dd"),
  ).toHaveText("60");
  await expectAccessible(page);
  await page.goto("/letzshop/runs?kind=history");
  await expect(page.getByText("60 orders, 60 new").first()).toBeVisible();
  await expectAccessible(page);
});

test(
  "a store's connection and domains have no accessibility violation, on a phone in the dark too",
  story,
  async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page);
    const storeId = await connect(page.request, `sim-look-${Date.now()}`);
    const domain = await page.request.post(`/api/v1/admin/stores/${storeId}/domains`, {
      data: { domain: `shop-${Date.now()}.example` },
    });
    expect(domain.status(), await domain.text()).toBe(201);
    for (const look of [desktop, darkPhone]) {
      await look(page);
      await page.goto(`/stores/${storeId}?tab=letzshop`);
      await expect(page.getByRole("button", { name: "Sync now" })).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/stores/${storeId}?tab=domains`);
      await expect(page.getByText(/^tocsin-verify=/)).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/stores/${storeId}?tab=domains&add=true`);
      await expect(page.getByRole("dialog", { name: "Add domain" })).toBeVisible();
      await expectAccessible(page);
    }
  },
);

async function connect(request: APIRequestContext, key: string): Promise<number> {
  const storeId = await createStore(request, `Shop of ${key}`);
  const saved = await request.put(`/api/v1/admin/letzshop/stores/${storeId}/credentials`, {
    data: { api_key: key, auto_sync_enabled: false },
  });
  expect(saved.status(), await saved.text()).toBe(200);
  return storeId;
}

async function desktop(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 860 });
}

async function darkPhone(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
}
