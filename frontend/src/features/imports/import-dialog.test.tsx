import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeApi, problem } from "@/testing/fake-api";
import { FakeUpload, installUploads } from "@/testing/fake-upload";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleImport, sampleStore } from "@/testing/samples";

const post = "POST /api/v1/admin/imports";
const feed = new File(["id\ttitle\tprice\n"], "feed.tsv", { type: "text/tab-separated-values" });
let api: FakeApi;

beforeEach(() => {
  installUploads();
  api = new FakeApi();
  api.on("GET /api/v1/admin/stores", () => ({
    items: [sampleStore({ id: 7, name: "Book Store" })],
    next_cursor: null,
  }));
  api.on("GET /api/v1/admin/imports/12", () => sampleImport({ id: 12 }));
  api.on("GET /api/v1/admin/imports/12/errors", () => ({ items: [], next_cursor: null }));
});

async function openDialog() {
  const { user } = await renderApp("/imports?start=true&for_store=7");
  const dialog = within(await screen.findByRole("dialog", { name: "New import" }));
  await waitFor(() => expect(dialog.getByRole("combobox", { name: "Store" })).toHaveValue("Book Store"));
  return { user, dialog, fileInput: dialog.getByLabelText("Drop a feed here, or choose a file") };
}

async function startUpload() {
  const { user, dialog, fileInput } = await openDialog();
  await user.upload(fileInput, feed);
  await user.click(dialog.getByRole("button", { name: "Start import" }));
  await waitFor(() => expect(FakeUpload.started).toHaveLength(1));
  return { user, dialog };
}

describe("uploading a file", () => {
  test("the dialog says how much has gone out, and then leads to the import", async () => {
    const { dialog } = await startUpload();
    const { last } = FakeUpload;
    expect(last.address).toBe("POST /api/v1/admin/imports");
    expect(last.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
    expect(last.body.get("store_id")).toBe("7");
    expect(last.body.get("language")).toBe("fr");
    expect(last.body.get("file")).toHaveProperty("name", "feed.tsv");
    act(() => last.moveTo(250, 1000));
    expect(dialog.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "25");
    expect(dialog.getByText("Uploading… 25 %")).toBeVisible();
    act(() => last.moveTo(1000, 1000));
    expect(dialog.getByText("Uploaded, starting…")).toBeVisible();
    await act(() => last.answer(Response.json(sampleImport({ id: 12, status: "pending" }), { status: 202 })));
    expect(await screen.findByRole("heading", { name: "Import #12" })).toBeVisible();
    expect(window.location.pathname).toBe("/imports/12");
  });

  test("the list of imports is asked anew for what was started", async () => {
    await startUpload();
    const asked = api.callsTo("GET /api/v1/admin/imports").length;
    await act(() => FakeUpload.last.answer(Response.json(sampleImport({ id: 12 }), { status: 202 })));
    await waitFor(() => expect(api.callsTo("GET /api/v1/admin/imports").length).toBeGreaterThan(asked));
  });

  test("a file that the server refuses says why at the file, and another can be chosen", async () => {
    const { user, dialog } = await startUpload();
    const refusal = problem(400, { errors: [{ path: "file", message: "This is a spreadsheet, not text" }] });
    await act(() => FakeUpload.last.answer(refusal));
    expect(await dialog.findByText("This is a spreadsheet, not text")).toBeVisible();
    expect(dialog.queryByRole("progressbar")).toBeNull();
    await user.click(dialog.getByRole("button", { name: "Remove feed.tsv" }));
    expect(dialog.getByText("choose a file")).toBeVisible();
  });

  test("a file over the limit is said above the form, and the file stays chosen", async () => {
    const { dialog } = await startUpload();
    await act(() => FakeUpload.last.answer(problem(413, { detail: "The body is over 1 GiB." })));
    expect(await dialog.findByText("The body is over 1 GiB.")).toBeVisible();
    expect(dialog.getByText("feed.tsv")).toBeVisible();
  });

  test("a connection that breaks is told apart from a refusal", async () => {
    const { dialog } = await startUpload();
    act(() => FakeUpload.last.breakOff());
    expect(await dialog.findByText("The server cannot be reached")).toBeVisible();
  });

  test("closing the dialog stops the upload", async () => {
    const { user, dialog } = await startUpload();
    await user.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(FakeUpload.last.isAborted).toBe(true);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(window.location.pathname).toBe("/imports");
  });

  test("a session that ended meanwhile leads to the sign-in page", async () => {
    await startUpload();
    await act(() => FakeUpload.last.answer(problem(401)));
    expect(await screen.findByRole("heading", { name: "Sign in to Tocsin" })).toBeVisible();
    expect(addressQuery()).toEqual({ return_to: ["/imports?start=true&for_store=7"] });
  });
});

test("an address is sent as JSON in the chosen language, without any upload", async () => {
  api.on(post, () => Response.json(sampleImport({ id: 12, status: "pending" }), { status: 202 }));
  const { user, dialog } = await openDialog();
  await user.click(dialog.getByRole("button", { name: "German" }));
  await user.click(dialog.getByRole("button", { name: "Web address" }));
  await user.click(dialog.getByRole("textbox", { name: "Web address" }));
  await user.paste("https://shop.test/products.tsv");
  await user.click(dialog.getByRole("button", { name: "Start import" }));
  expect(await screen.findByRole("heading", { name: "Import #12" })).toBeVisible();
  expect(FakeUpload.started).toEqual([]);
  const source_url = "https://shop.test/products.tsv";
  expect(api.callsTo(post)[0]?.body).toEqual({ store_id: 7, language: "de", source_url });
});

test("nothing is sent before a file is chosen", async () => {
  const { user, dialog } = await openDialog();
  await user.click(dialog.getByRole("button", { name: "Start import" }));
  expect(await dialog.findByText("Choose the feed to import")).toBeVisible();
  expect(FakeUpload.started).toEqual([]);
});
