import { expect, test } from "@playwright/test";
import { createStore, feed, signIn, upload } from "./product";

test("a feed with bad rows rings the bell without reload, and the mended feed heals it", async ({ page, browser }) => {
  await signIn(page);
  await createStore(page.request, "Moulin Bleu");
  const colleague = await (await browser.newContext()).newPage();
  await signIn(colleague);
  const bell = colleague.getByRole("button", { name: /^Notifications,/ });
  await expect(colleague.getByText("Live", { exact: true })).toBeVisible();
  const before = await bell.getAttribute("aria-label");

  await upload(page, "Moulin Bleu", feed(40, 6));
  await expect(page.getByText("Completed with errors").first()).toBeVisible();

  // The colleague's page was not touched since: it heard by itself.
  await expect.poll(async () => bell.getAttribute("aria-label")).not.toBe(before);
  await bell.click();
  await colleague
    .getByRole("dialog", { name: "Notifications" })
    .getByText("Product import failed for Moulin Bleu")
    .click();
  await expect(colleague.getByRole("heading", { name: /Import #/ })).toBeVisible();
  await expect(colleague.getByText(/on request/).first()).toBeVisible();
  await expect(colleague.getByRole("row")).toHaveCount(7);

  await page.goto("/notifications?tab=alerts");
  await page.getByText("Product import failing for Moulin Bleu").first().click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("Timeline")).toBeVisible();

  await upload(colleague, "Moulin Bleu", feed(40, 0));
  await expect(colleague.getByText("Completed", { exact: true }).first()).toBeVisible();
  // The open drawer heals before one's eyes.
  await expect(drawer.getByText(/Healed by import/).first()).toBeVisible();
});

test("what one browser marks read is read in the other", async ({ page, browser }) => {
  await signIn(page);
  const title = `Read together ${Date.now()}`;
  const colleague = await (await browser.newContext()).newPage();
  await signIn(colleague);
  await expect(colleague.getByText("Live", { exact: true })).toBeVisible();
  const created = await page.request.post("/api/v1/admin/notifications", {
    data: { type: "store_issue", priority: "high", title, message: "Somebody should look." },
  });
  expect(created.status()).toBe(201);
  for (const reader of [page, colleague]) await reader.goto("/notifications");
  const row = colleague.getByRole("article").filter({ hasText: title });
  await expect(row).toBeVisible();
  await expect(row.getByText(/^Read by/)).toBeHidden();

  // It leads nowhere: opening it shows the whole message, and that is reading it.
  await page.getByText(title).click();

  await expect(row.getByText(/^Read by/)).toBeVisible();
});

test("an alert is resolved with a note, and the note stays with it", async ({ page }) => {
  await signIn(page);
  const title = `Disk almost full on node ${String.fromCharCode(97 + (Date.now() % 26))}`;
  await page.request.post("/api/v1/admin/notifications/alerts", {
    data: { alert_type: "capacity", severity: "critical", title, dedup_key: title },
  });
  await page.goto("/notifications?tab=alerts");
  await page.getByText(title).first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Resolution notes").fill("Old snapshots are gone.");
  await drawer.getByRole("button", { name: "Resolve alert" }).click();
  await expect(page.getByText("Old snapshots are gone.").first()).toBeVisible();
});

test("a link to a page that is not there leaves the menu and the bell", async ({ page }) => {
  await signIn(page);
  await page.goto("/orders/4711");
  await expect(page.getByText("Go to notifications")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Notifications,/ })).toBeVisible();
});
