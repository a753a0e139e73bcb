import { expect, test } from "@playwright/test";
import { expectAccessible, signIn } from "./product";

test("a destination is added, tested and switched off, and its delivery tells what happened", async ({ page }) => {
  await signIn(page);
  const name = `Monitor ${Date.now()}`;
  await page.goto("/delivery/destinations");
  await page.getByRole("button", { name: "Add destination" }).first().click();
  const sheet = page.getByRole("dialog", { name: "New destination" });
  await sheet.getByLabel("Name").fill(name);
  // A name that nobody has: every try fails, and nothing leaves the machine.
  await sheet.getByLabel("Address").fill("https://receiver.invalid/hooks/tocsin");
  await sheet.getByLabel("Import failures").check();
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "Add destination" }).click();

  const secret = page.getByRole("dialog", { name: `Signing secret of ${name}` });
  await expect(secret.getByLabel("Signing secret")).toHaveValue(/^whsec_/);
  await expectAccessible(page);
  await secret.getByRole("button", { name: "Done" }).click();
  await expect(page).toHaveURL(/\/delivery\/destinations$/);

  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Not used yet");
  await row.getByRole("button", { name: `More actions: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Send a test" }).click();
  const outcome = page.getByRole("dialog", { name: `Test of ${name}` });
  await expect(outcome).toContainText("The try failed.");
  await expect(outcome).toContainText("receiver.invalid");
  await expectAccessible(page);
  await outcome.getByRole("link", { name: "Open the delivery" }).click();

  const drawer = page.getByRole("dialog", { name: "Delivery" });
  await expect(drawer).toContainText("Admin asked for a test.");
  await expect(drawer.getByRole("listitem").first()).toContainText("Failed");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("article")).toHaveCount(1);

  await page.goto("/delivery/destinations");
  await expect(row).toContainText("receiver.invalid");
  await row.getByRole("button", { name: `More actions: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Switch off" }).click();
  await page
    .getByRole("dialog", { name: `Switch ${name} off?` })
    .getByRole("button", { name: "Switch off" })
    .click();
  await expect(row).toContainText("By hand");
  await row.getByRole("button", { name: `More actions: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page
    .getByRole("dialog", { name: `Delete ${name}?` })
    .getByRole("button", { name: "Delete" })
    .click();
  await expect(row).toBeHidden();
});
