import { expect, type Locator, type Page, test } from "@playwright/test";
import { admin, createStore, feed } from "./product";

/** Press Tab, or an arrow, until the element has the focus, as a person without a mouse does. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach ${target}`);
}

// Run by `./just stories`: it takes half a minute.
const story = { tag: "@story" };

test("everything is done by keyboard once, from signing in to signing out", story, async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/login");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(admin.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(admin.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Notifications", level: 1 })).toBeVisible();
  const store = `Keys ${Date.now()}`;
  await createStore(page.request, store);

  // A feed with bad rows.
  await page.reload();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder("Where to, or what to do?")).toBeFocused();
  await page.keyboard.type("start an import");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New import" });
  await tabTo(page, dialog.getByRole("combobox", { name: "Store" }));
  await page.keyboard.type(store);
  await expect(page.getByRole("option", { name: store })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(page, dialog.locator("input[type=file]"));
  const choosing = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await choosing).setFiles({ name: "feed.tsv", mimeType: "text/plain", buffer: feed(30, 6) });
  await tabTo(page, dialog.getByRole("button", { name: "Start import" }));
  await page.keyboard.press("Enter");
  // On the page of its own: the list behind the dialog may show others that ended so.
  await expect(page.getByRole("heading", { name: /Import #/ })).toBeVisible();
  await expect(page.getByText("Completed with errors").first()).toBeVisible();

  // The bell leads to the rows that are wrong.
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(page.getByRole("heading", { name: "Notifications", level: 1 })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: /^Notifications,/ }));
  await page.keyboard.press("Enter");
  const failed = `Product import failed for ${store}`;
  await tabTo(page, page.getByRole("dialog", { name: "Notifications" }).getByRole("link", { name: failed }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /Import #/ })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: /^View/ }).first());
  await page.keyboard.press("Enter");
  await expect(page.getByText("Confiture 1").first()).toBeVisible();
  await page.keyboard.press("Escape");

  // Read, and looked after.
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  const row = page.getByRole("article").filter({ hasText: failed });
  // Following it was reading it; E says otherwise, and again that it was read.
  await expect(row.getByText("Read by you")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await expect(row.getByText("Read by you")).toBeHidden();
  await page.keyboard.press("e");
  await expect(row.getByText("Read by you")).toBeVisible();
  await tabTo(page, page.getByRole("tab", { name: /Notifications/ }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: /Platform alerts/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText(`Product import failing for ${store}`).first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await tabTo(page, drawer.getByLabel("Resolution notes"));
  await page.keyboard.type("Done without a mouse.");
  await tabTo(page, drawer.getByRole("button", { name: "Resolve alert" }));
  await page.keyboard.press("Enter");
  await expect(drawer.getByText("Done without a mouse.").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();

  await tabTo(page, page.getByRole("button", { name: /^Account of/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("menuitem", { name: "Sign out" }), "ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("E-mail")).toBeVisible();
});
