import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { createAppQueryClient } from "@/api/query-client";
import { FakeApi, held, problem } from "@/testing/fake-api";
import { sampleOrderDetail } from "@/testing/order-samples";
import { renderApp } from "@/testing/render-app";
import { sampleMerchant, sampleRun, sampleStore } from "@/testing/samples";

const admin = "GET /api/v1/admin";
let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});

const here = async () =>
  (await screen.findByRole("navigation", { name: "Breadcrumb" })).querySelector("[aria-current]");

describe.each([
  {
    page: "/stores/7",
    load: () => import("@/features/stores/store-name"),
    record: sampleStore({ id: 7, name: "Book Store" }),
    name: "Book Store",
  },
  {
    page: "/merchants/3",
    load: () => import("@/features/merchants/merchant-name"),
    record: sampleMerchant({ id: 3, name: "Reads" }),
    name: "Reads",
  },
  {
    page: "/orders/31",
    load: () => import("@/features/orders/order-name"),
    record: sampleOrderDetail({ id: 31 }),
    name: "R31",
  },
  {
    page: "/letzshop/runs/12",
    load: () => import("@/features/letzshop/run-name"),
    record: sampleRun({ id: 12 }),
    name: "Order sync #12",
  },
])("the breadcrumb of $page", ({ page, load, record, name }) => {
  const path = `${admin}${page}`;

  test("is the number until the page knows the name, which is asked for once", async () => {
    const answer = held<unknown>();
    api.on(path, () => answer.promise);
    await renderApp(page);
    expect((await here())?.textContent).toBe(`#${record.id}`);
    answer.release(record);
    await waitFor(async () => expect((await here())?.textContent).toBe(name));
    expect(api.callsTo(path)).toHaveLength(1);
  });

  test("stays the number of what does not exist", async () => {
    api.on(path, () => problem(404));
    await renderApp(page);
    expect(await screen.findByRole("heading", { name: "There is nothing here" })).toBeVisible();
    expect((await here())?.textContent).toBe(`#${record.id}`);
  });

  test("asks for no name itself", async () => {
    api.on(path, () => record);
    const { default: Name } = await load();
    render(
      <QueryClientProvider client={createAppQueryClient()}>
        <Name id={record.id} />
      </QueryClientProvider>,
    );
    await act(async () => undefined);
    expect(screen.getByText(`#${record.id}`)).toBeVisible();
    expect(api.callsTo(path)).toEqual([]);
  });
});

test("a changed name is changed in the breadcrumb too", async () => {
  let store = sampleStore({ id: 7, name: "Book Store" });
  api.on(`${admin}/stores/7`, () => store);
  const { queryClient } = await renderApp("/stores/7");
  await waitFor(async () => expect((await here())?.textContent).toBe("Book Store"));
  store = sampleStore({ id: 7, name: "Corner Books" });
  await queryClient.invalidateQueries();
  await waitFor(async () => expect((await here())?.textContent).toBe("Corner Books"));
});

test("what is no number is shown as it was typed", async () => {
  await renderApp("/stores/seven");
  expect((await here())?.textContent).toBe("#seven");
});
