import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { switchLanguage } from "@/i18n";
import { FakeApi } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";

beforeEach(() => {
  new FakeApi().on("GET /api/v1/auth/sessions", () => ({ items: [], next_cursor: null }));
});

test("the whole page speaks the language that is chosen, at once", async () => {
  onTestFinished(() => switchLanguage("en"));
  const { user } = await renderApp("/account");
  const languages = within(await screen.findByRole("group", { name: "Language" }));
  await user.click(languages.getByRole("button", { name: "Deutsch" }));
  expect(await screen.findByRole("heading", { name: "Dieser Browser" })).toBeVisible();
  expect(screen.getByRole("link", { name: /^Benachrichtigungen/ })).toBeVisible();
  expect(document.documentElement.lang).toBe("de");
  await waitFor(() => expect(document.title).toContain("Konto"));
});
