import { expect, test } from "@playwright/test";
import { createStore, expectAccessible, signIn } from "./product";

// Run by `./just stories`: analyses of whole pages take seconds each.
const story = { tag: "@story" };

test(
  "by keyboard one cell is changed, a store gets a rule, and both are there after a reload",
  story,
  async ({ page }) => {
    test.setTimeout(120_000);
    await signIn(page);
    const store = `Preferred ${Date.now()}`;
    await createStore(page.request, store);
    // The list of stores was asked for before this one was there.
    await page.reload();
    await page.getByRole("button", { name: "Account of Admin" }).click();
    await page.getByRole("menuitem", { name: "Preferences" }).click();
    const cell = page.getByRole("combobox", { name: "Import failures: E-mail" });
    const beside = page.getByRole("combobox", { name: "Import failures: Chat" });
    const below = page.getByRole("combobox", { name: "Order sync failures: Chat" });

    // The arrows of a browser's own field would change the value; here they lead to the next one.
    await expect(cell).toHaveValue("high");
    await cell.focus();
    await page.keyboard.press("ArrowRight");
    await expect(beside).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(below).toBeFocused();
    await expect(beside).toHaveValue("high");
    await page.keyboard.type("Cri");
    await expect(below).toHaveValue("critical");

    await page.getByRole("button", { name: "Add a rule" }).click();
    const dialog = page.getByRole("dialog", { name: "A rule for a store or merchant" });
    await dialog.getByRole("combobox", { name: "Store" }).fill(store);
    await page.getByRole("option", { name: store }).click();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Add a rule" }).click();
    await expectAccessible(page);

    await page.getByRole("link", { name: "Stores", exact: true }).click();
    await page.getByRole("button", { name: "Stay" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Preferences saved")).toBeVisible();
    await page.reload();
    await expect(below).toHaveValue("critical");
    await expect(page.getByRole("combobox", { name: `${store}: Everything, E-mail` })).toHaveValue("never");

    await page.getByRole("button", { name: "Reset to defaults" }).click();
    await page.getByRole("button", { name: "Reset", exact: true }).click();
    await expect(below).toHaveValue("high");
    await expect(page.getByText("No store is treated differently.")).toBeVisible();
  },
);

for (const colorScheme of ["light", "dark"] as const) {
  test(`on a phone in ${colorScheme} colours the page has no accessibility violation`, story, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await signIn(page);
    await page.goto("/preferences");
    await page.getByRole("switch", { name: "Quiet hours" }).press("Space");
    await expect(page.getByText("Begin on")).toBeVisible();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await context.close();
  });
}
