import { expect, type Page, test } from "@playwright/test";
import { createStore, expectAccessible, feed, signIn, upload } from "./product";

const delivery = "/api/v1/admin/delivery";
const views = [
  "/notifications",
  "/notifications?tab=alerts",
  "/summary",
  "/imports",
  "/orders",
  "/order-exceptions",
  "/letzshop/runs",
  "/delivery/destinations",
  "/delivery/deliveries",
  "/delivery/escalation",
  "/silences",
  "/stores",
  "/merchants",
  "/account",
  "/preferences",
  "/jobs",
  "/api-keys",
  "/audit-log",
];

// Run by `./just stories`: analyses of whole pages take seconds each.
const story = { tag: "@story" };

for (const scheme of ["light", "dark"] as const) {
  const quickInLight = scheme === "light" ? {} : story;
  test.describe(`in the ${scheme} scheme`, () => {
    test.use({ colorScheme: scheme });

    test("the sign-in has no accessibility violation", async ({ page }) => {
      await page.goto("/login");
      await expect(page.getByLabel("E-mail")).toBeVisible();
      await expectAccessible(page);
    });

    test("no view has an accessibility violation, nor the open bell", story, async ({ page }) => {
      // Fifteen analyses of whole pages.
      test.setTimeout(180_000);
      await signIn(page);
      await page.request.post("/api/v1/admin/notifications", {
        data: { type: "store_issue", priority: "critical", title: "Look", message: "At this.", action_url: "/stores" },
      });
      const storeId = await createStore(page.request, `Views ${scheme} ${Date.now()}`);
      const { merchant_id } = await (await page.request.get(`/api/v1/admin/stores/${storeId}`)).json();
      for (const view of [...views, `/stores/${storeId}`, `/merchants/${merchant_id}`]) {
        await page.goto(view);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
      }
      await page.goto("/notifications");
      await page.getByRole("button", { name: /^Notifications,/ }).click();
      await expect(page.getByText("View all notifications")).toBeVisible();
      await page.getByRole("button", { name: "Snooze “Look”…" }).first().click();
      await expect(page.getByRole("group", { name: "Snooze until" })).toBeVisible();
      await expectAccessible(page);
    });

    test(
      "neither an import's rows, its upload nor selected rows have an accessibility violation",
      story,
      async ({ page }) => {
        test.setTimeout(120_000);
        await signIn(page);
        const store = `Look ${scheme} ${Date.now()}`;
        await createStore(page.request, store);
        await upload(page, store, feed(20, 6));
        await expect(page.getByText("Completed with errors").first()).toBeVisible();
        await page.getByRole("button", { name: /^View/ }).first().click();
        await expectAccessible(page);
        await page.goto("/imports?start=true");
        await expect(page.getByRole("dialog", { name: "New import" })).toBeVisible();
        await expectAccessible(page);
        await page.goto("/notifications");
        await page.getByRole("checkbox").first().check();
        await expect(page.getByRole("button", { name: "Mark read" }).first()).toBeVisible();
        await expectAccessible(page);
      },
    );

    test(
      "no view has an accessibility violation on a phone, nor the bell's sheet at its bottom",
      story,
      async ({ page }) => {
        test.setTimeout(120_000);
        await page.setViewportSize({ width: 390, height: 844 });
        await signIn(page);
        for (const view of [
          "/notifications",
          "/notifications?tab=alerts",
          "/summary",
          "/imports",
          "/merchants",
          "/preferences",
          "/silences",
          "/delivery/destinations",
          "/delivery/deliveries",
          "/delivery/escalation",
        ]) {
          await page.goto(view);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await expectAccessible(page);
        }
        await page.request.post("/api/v1/admin/notifications", {
          data: { type: "store_issue", priority: "normal", title: "Look", message: "At this." },
        });
        await page.getByRole("button", { name: /^Notifications,/ }).click();
        const sheet = page.getByRole("dialog", { name: /^Notifications \d+ unread$/ });
        await expect(sheet.getByRole("button", { name: "Mark all read" })).toBeVisible();
        await expect.poll(async () => bottom(await sheet.boundingBox())).toBe(844);
        await expectAccessible(page);
      },
    );

    test(
      "neither an open alert, a form nor the palette has an accessibility violation",
      quickInLight,
      async ({ page }) => {
        test.setTimeout(120_000);
        await signIn(page);
        const alert = await page.request.post("/api/v1/admin/notifications/alerts", {
          data: { alert_type: "system", severity: "critical", title: `Look ${scheme}`, description: "At this." },
        });
        await page.goto(`/notifications?tab=alerts&alert=${(await alert.json()).id}`);
        const assignee = page.getByRole("combobox", { name: "Assigned to" });
        await expect(assignee).toHaveValue("Nobody");
        await expectAccessible(page);
        await assignee.click();
        await page.getByRole("option", { name: "Admin" }).click();
        await expect(page.getByText(/^Assigned to Admin by/)).toBeVisible();
        await page.goto("/notifications?create=true");
        await page.getByRole("button", { name: "Create" }).click();
        await expect(page.getByText("Please fill this in").first()).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+k");
        await expect(page.getByPlaceholder("Where to, or what to do?")).toBeFocused();
        await expectAccessible(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toBeHidden();
      },
    );

    test(
      "neither the forms of the delivery nor what they ask has an accessibility violation",
      story,
      async ({ page }) => {
        test.setTimeout(120_000);
        if (scheme === "dark") await page.setViewportSize({ width: 390, height: 844 });
        await signIn(page);
        await lookAtEscalation(page);
        await lookAtDestinations(page, `Hook ${scheme} ${Date.now()}`);
        await lookAtSilence(page, `Quiet ${scheme} ${Date.now()}`);
      },
    );
  });
}

function bottom(box: { y: number; height: number } | null): number {
  return box === null ? Number.NaN : Math.round(box.y + box.height);
}

async function lookAtEscalation(page: Page): Promise<void> {
  await page.goto("/delivery/escalation");
  await page.getByRole("button", { name: "Add a step" }).click();
  const first = page.getByRole("group", { name: "Step 1" });
  await first.getByRole("combobox", { name: "People" }).click();
  await page.getByRole("option", { name: "Admin" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add a step" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Choose a person or a destination")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove step 2" }).click();
  const elsewhere = page.getByRole("link", { name: "Merchants", exact: true });
  // On a phone it is in the menu.
  if (await elsewhere.isVisible()) {
    await elsewhere.click();
    await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Stay" }).click();
  }
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The escalation is saved")).toBeVisible();
  await page.getByRole("button", { name: "Remove step 1" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The escalation is saved")).toHaveCount(2);
}

async function lookAtDestinations(page: Page, name: string): Promise<void> {
  const made = await page.request.post(`${delivery}/destinations`, {
    data: { kind: "webhook", name, url: "https://receiver.invalid/hooks" },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { id } = await made.json();
  await page.request.post(`${delivery}/destinations/${id}/test`, { headers: { "Idempotency-Key": name } });

  await page.goto("/delivery/destinations");
  await page.getByRole("button", { name: `More actions: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Rotate secret" }).click();
  const question = page.getByRole("dialog", { name: `Rotate the secret of ${name}?` });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await question.getByRole("button", { name: "Rotate secret" }).click();
  const secret = page.getByRole("dialog", { name: `Signing secret of ${name}` });
  await expect(secret.getByLabel("Signing secret")).toHaveValue(/^whsec_/);
  await secret.getByRole("button", { name: "Done" }).click();

  // A delivery gives up after a day: here it is said to have done so at once.
  await page.route(`**${delivery}/deliveries?**`, async (route) => {
    const answer = await route.fetch({
      url: route.request().url().replace("status=dead&", "").replace("status=dead", ""),
    });
    const list = await answer.json();
    for (const item of list.items) item.status = "dead";
    await route.fulfill({ response: answer, json: list });
  });
  await page.goto(`/delivery/deliveries?status=dead&destination=${id}`);
  await page
    .getByRole("button", { name: /^Replay all/ })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.unroute(`**${delivery}/deliveries?**`);
  await page.request.delete(`${delivery}/destinations/${id}`);
}

async function lookAtSilence(page: Page, title: string): Promise<void> {
  const alert = await page.request.post("/api/v1/admin/notifications/alerts", {
    data: { alert_type: "capacity", severity: "critical", title, description: "At this." },
  });
  await page.goto(`/notifications?tab=alerts&alert=${(await alert.json()).id}`);
  const drawer = page.getByRole("dialog").filter({ hasText: title });
  const why = drawer.getByRole("button", { name: "Who was told, and why?" });
  await why.click();
  await expect(drawer.getByText("For each person and destination")).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/silences?create=true&text=${encodeURIComponent(title)}`);
  const sheet = page.getByRole("dialog", { name: "New silence" });
  await expect(sheet.getByText("This would hide 1 critical message.")).toBeVisible();
  await sheet.getByText("At a time").click();
  await sheet.getByRole("button", { name: "Silence", exact: true }).click();
  await expect(sheet.getByText("Please fill this in")).toBeVisible();
  await expectAccessible(page);
  await sheet.getByLabel("Why").fill("Known");
  await sheet.getByRole("button", { name: "Silence", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Silence critical messages?" })).toBeVisible();
  await expectAccessible(page);
}
