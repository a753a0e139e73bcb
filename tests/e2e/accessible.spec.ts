import { expect, test } from "@playwright/test";
import { expectAccessible, signIn } from "./product";

const views = [
  "/notifications",
  "/notifications?tab=alerts",
  "/imports",
  "/stores",
  "/merchants",
  "/account",
  "/jobs",
  "/api-keys",
  "/audit-log",
];

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in the ${scheme} scheme`, () => {
    test.use({ colorScheme: scheme });

    test("the sign-in has no accessibility violation", async ({ page }) => {
      await page.goto("/login");
      await expect(page.getByLabel("E-mail")).toBeVisible();
      await expectAccessible(page);
    });

    test("no view has an accessibility violation, nor the open bell", async ({ page }) => {
      // Ten analyses of whole pages.
      test.setTimeout(180_000);
      await signIn(page);
      await page.request.post("/api/v1/admin/notifications", {
        data: { type: "store_issue", priority: "critical", title: "Look", message: "At this.", action_url: "/stores" },
      });
      for (const view of views) {
        await page.goto(view);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
      }
      await page.goto("/notifications");
      await page.getByRole("button", { name: /^Notifications,/ }).click();
      await expect(page.getByText("View all notifications")).toBeVisible();
      await expectAccessible(page);
    });
  });
}
