import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { FakeApi } from "@/testing/fake-api";
import { samplePreferences } from "@/testing/preference-samples";
import { renderApp } from "@/testing/render-app";
import { readSources } from "@/testing/source-graph";

test("nothing is loaded at the moment of leaving: whoever is offline is asked all the same", () => {
  const { loadedWith } = readSources(`${import.meta.dirname}/..`);
  expect(loadedWith("ui/leave-guard.tsx")).toContain("ui/confirm-dialog.tsx");
});

test("an Enter too many does not discard what was typed", async () => {
  const api = new FakeApi();
  api.on("GET /api/v1/admin/preferences", () => samplePreferences());
  const { user } = await renderApp("/preferences");
  const cell = await screen.findByRole("combobox", { name: "Import failures: E-mail" });
  await user.selectOptions(cell, "Never");
  screen.getByRole("link", { name: "Merchants" }).focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Stay" })).toHaveFocus());
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByRole("button", { name: "Stay" })).toBeNull());
  expect(cell).toBeVisible();
  expect(cell).toHaveValue("never");
});
