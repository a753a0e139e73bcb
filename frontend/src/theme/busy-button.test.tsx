import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeApi, held, problem } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { sampleConnection, sampleStore } from "@/testing/samples";

const credentials = "/api/v1/admin/letzshop/stores/7/credentials";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
  api.on("GET /api/v1/admin/stores/{id}", () => sampleStore({ id: 7, name: "Book Store" }));
  api.on(`GET ${credentials}`, () => sampleConnection());
  api.on("GET /api/v1/admin/letzshop/runs", () => ({ items: [], next_cursor: null }));
});

describe("a button whose press is being worked on", () => {
  test("keeps the focus, says that it is busy and is not pressed twice", async () => {
    const answer = held<Response>();
    api.on(`POST ${credentials}/test`, () => answer.promise);
    const { user } = await renderApp("/stores/7?tab=letzshop");
    const button = await screen.findByRole("button", { name: "Test connection" });
    await user.click(button);
    await waitFor(() => expect(button).toHaveAttribute("aria-busy", "true"));
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute("aria-disabled", "true");
    await user.keyboard("{Enter}");
    answer.release(new Response(null, { status: 204 }));
    await waitFor(() => expect(button).not.toHaveAttribute("aria-busy", "true"));
    expect(button).toHaveFocus();
    expect(api.callsTo(`POST ${credentials}/test`)).toHaveLength(1);
  });

  test("leaves the focus in the dialog whose form is refused, and sends it once", async () => {
    const answer = held<Response>();
    api.on("PATCH /api/v1/admin/stores/{id}", () => answer.promise);
    const { user } = await renderApp("/stores/7?edit=true");
    const dialog = await screen.findByRole("dialog", { name: "Edit store" });
    await user.type(within(dialog).getByLabelText("Name"), "s");
    const submit = within(dialog).getByRole("button", { name: "Save" });
    await user.click(submit);
    await waitFor(() => expect(submit).toHaveAttribute("aria-busy", "true"));
    expect(submit).toHaveFocus();
    await user.type(within(dialog).getByLabelText("Name"), "{Enter}");
    answer.release(problem(409, { detail: "Somebody else was faster." }));
    expect(await within(dialog).findByText("Somebody else was faster.")).toBeVisible();
    expect(dialog).toContainElement(document.activeElement as HTMLElement);
    expect(api.callsTo("PATCH /api/v1/admin/stores/7")).toHaveLength(1);
  });
});
