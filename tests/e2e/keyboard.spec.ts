import { expect, test } from "@playwright/test";
import { admin } from "./product";

test("everything is done by keyboard once: sign in, mark read, open an alert, resolve it, sign out", async ({
  page,
}) => {
  await page.goto("/login");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(admin.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(admin.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Notifications", level: 1 })).toBeVisible();

  const title = `Keyboard ${Date.now()}`;
  await page.request.post("/api/v1/admin/notifications", {
    data: { type: "store_issue", priority: "high", title, message: "Read me by keyboard." },
  });
  await page.request.post("/api/v1/admin/notifications/alerts", {
    data: { alert_type: "system", severity: "error", title, dedup_key: title },
  });
  await page.reload();
  await expect(page.getByText(title).first()).toBeVisible();

  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await expect(page.getByText("Read by you").first()).toBeVisible();

  await page.getByRole("tab", { name: /Notifications/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: /Platform alerts/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText(title).first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByLabel("Resolution notes")).toBeVisible();
  await drawer.getByLabel("Resolution notes").focus();
  await page.keyboard.type("Done without a mouse.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(drawer.getByText("Done without a mouse.").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
});
