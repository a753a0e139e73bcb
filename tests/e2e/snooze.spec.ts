import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, signIn } from "./product";

const story = { tag: "@story" };

const looks = [
  { name: "light", scheme: "light", width: 1280 },
  { name: "dark", scheme: "dark", width: 1280 },
  { name: "on a phone", scheme: "light", width: 390 },
] as const;

for (const { name, scheme, width } of looks) {
  test.describe(`snoozing, ${name}`, story, () => {
    test.use({ colorScheme: scheme, viewport: { width, height: 844 }, hasTouch: width < 720 });

    test("who comes back sees what happened, puts off what can wait, finds it, and wakes it", async ({ page }) => {
      test.setTimeout(120_000);
      const title = `Wait ${name} ${Date.now()}`;
      await signIn(page);
      const raised = await page.request.post("/api/v1/admin/notifications", {
        data: { type: "store_issue", priority: "critical", title, message: "Not now." },
      });
      expect(raised.status(), await raised.text()).toBe(201);
      await page.reload();

      const since = page.getByRole("region", { name: /^(Since you left|In the last 24 hours)$/ });
      await since.getByRole("button", { name: "Show what happened" }).click();
      await expect(since.getByRole("link", { name: title })).toBeVisible();
      await expectAccessible(page);
      await since.getByRole("button", { name: /^Dismiss/ }).click();
      await expect(since).toBeHidden();

      const row = page.getByRole("article", { name: title });
      await openMenu(page, title);
      await page.getByRole("menuitem", { name: "Snooze…" }).click();
      const dialog = page.getByRole("dialog", { name: "Snooze until" });
      await dialog.getByRole("button", { name: "At a time…" }).click();
      await expectAccessible(page);
      await dialog.getByRole("button", { name: /^Tomorrow/ }).click();
      await expect(dialog).toBeHidden();
      await expect(row.getByText("Snoozed until tomorrow 08:00")).toBeVisible();

      await page.goto("/notifications?status=snoozed");
      await expect(row).toBeVisible();
      await expectAccessible(page);
      await page.goto("/notifications?status=unread");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(row).toBeHidden();

      await page.goto("/notifications?status=snoozed");
      await openMenu(page, title);
      await page.getByRole("menuitem", { name: "Wake now" }).click();
      await expect(page.getByText("Awake again")).toBeVisible();
      await openMenu(page, title);
      await page.getByRole("menuitem", { name: "Silence this…" }).click();
      await expect(page.getByRole("dialog", { name: "New silence" }).getByLabel("Text")).toHaveValue(title);
    });

    test("an alert is put off from its drawer, which tells of it, and what happened has a page", async ({ page }) => {
      test.setTimeout(120_000);
      const title = `Later ${name} ${Date.now()}`;
      await signIn(page);
      const raised = await page.request.post("/api/v1/admin/notifications/alerts", {
        data: { alert_type: "system", severity: "error", title },
      });
      await page.goto(`/notifications?tab=alerts&alert=${(await raised.json()).id}`);
      const drawer = page.getByRole("dialog", { name: /^Platform alert/ });
      await drawer.getByRole("button", { name: "Snooze…" }).click();
      await expectAccessible(page);
      await drawer.getByRole("button", { name: /^Tomorrow/ }).click();
      await expect(drawer.getByText("Until tomorrow 08:00, by Admin")).toBeVisible();
      await expect(drawer.getByRole("list", { name: "Timeline" }).getByText(/^Snoozed until/)).toBeVisible();
      await expectAccessible(page);
      await drawer.getByRole("button", { name: "Wake now" }).click();
      await expect(drawer.getByText(/^Woken/)).toBeVisible();

      await page.goto("/summary?period=day");
      await expect(page.getByRole("link", { name: title })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

async function openMenu(page: Page, title: string): Promise<void> {
  await page.getByRole("article", { name: title }).hover();
  await page.getByRole("button", { name: `More actions: ${title}` }).click();
}
