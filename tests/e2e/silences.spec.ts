import { expect, test } from "@playwright/test";
import { createStore, expectAccessible, signIn } from "./product";

for (const scheme of ["light", "dark"] as const) {
  // Run by `./just stories`: analyses of whole pages take seconds each.
  test.describe(`in the ${scheme} scheme`, { tag: "@story" }, () => {
    test.use({ colorScheme: scheme });

    test("a store is muted from its page, with what that hides in sight, and heard again", async ({ page }) => {
      test.setTimeout(90_000);
      await signIn(page);
      const name = `Muted ${scheme} ${Date.now()}`;
      const id = await createStore(page.request, name);
      const raised = await page.request.post("/api/v1/admin/notifications", {
        data: {
          type: "store_issue",
          priority: "critical",
          title: `${name} is down`,
          message: "No answer.",
          store_id: id,
        },
      });
      expect(raised.status(), await raised.text()).toBe(201);

      await page.goto(`/stores/${id}`);
      await page.getByRole("link", { name: "Mute this store" }).click();
      const sheet = page.getByRole("dialog", { name: "New silence" });
      await expect(sheet.getByText("This would hide 1 critical message.")).toBeVisible();
      await expect(sheet.getByRole("link", { name: `${name} is down` })).toBeVisible();
      await expectAccessible(page);
      const comment = `Moving ${name}`;
      await sheet.getByLabel("Why").fill(comment);
      await sheet.getByText("Tomorrow 08:00").click();
      await sheet.getByRole("button", { name: "Silence", exact: true }).click();
      await page.getByRole("button", { name: "Silence anyway" }).click();
      await expect(sheet).toBeHidden();

      const row = page.getByRole("row").filter({ hasText: comment });
      await expect(row).toContainText(name);
      await expect(row).toContainText("Ends in");
      await row.getByRole("button", { name: `End now: ${comment}` }).click();
      await page.getByRole("dialog", { name: "End this silence?" }).getByRole("button", { name: "End now" }).click();
      await expect(row).toBeHidden();
      await page.getByRole("tab", { name: "Ended" }).click();
      await expect(row).toContainText("by Admin");
    });

    test("a notification says who was told of it, and why", async ({ page }) => {
      await signIn(page);
      const title = `Explained ${scheme} ${Date.now()}`;
      const raised = await page.request.post("/api/v1/admin/notifications", {
        data: { type: "store_issue", priority: "high", title, message: "Why me?" },
      });
      await page.goto(`/notifications?why=${(await raised.json()).id}`);
      const panel = page.getByRole("dialog", { name: "Who was told, and why" });
      await expect(panel.getByRole("heading", { name: title })).toBeVisible();
      await expect(panel.getByText("E-mail")).toBeVisible({ timeout: 30_000 });
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(panel).toBeHidden();
    });
  });
}
