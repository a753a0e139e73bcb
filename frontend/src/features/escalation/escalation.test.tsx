import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Escalation } from "@/api/types";
import { FakeApi, problem } from "@/testing/fake-api";
import { renderApp } from "@/testing/render-app";
import { samplePlatformUser, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/delivery/escalation";
const anne = { id: 2, name: "Anne" };
const ops = { id: 5, name: "#ops" };
let api: FakeApi;
let policy: Escalation;

beforeEach(() => {
  api = new FakeApi();
  policy = {
    steps: [
      { after_minutes: 15, people: [anne], destinations: [ops] },
      { after_minutes: 90, people: [{ id: 3, name: "Ben" }], destinations: [] },
    ],
    updated_at: "2026-03-02T09:00:00.123456Z",
  };
  api.on(`GET ${path}`, () => policy);
  api.on("GET /api/v1/admin/users", () => ({ items: [samplePlatformUser(anne)], next_cursor: null }));
  api.on("GET /api/v1/admin/delivery/destinations", () => ({ items: [ops], next_cursor: null }));
});

async function openEditor() {
  const { user } = await renderApp("/delivery/escalation");
  await screen.findByRole("button", { name: "Add a step" });
  return user;
}
const step = (n: number) => within(screen.getByRole("group", { name: `Step ${n}` }));
const save = () => screen.getByRole("button", { name: "Save" });
const minutes = (n: number) => step(n).getByRole("textbox", { name: /^After minutes/ });
async function retype(user: Awaited<ReturnType<typeof openEditor>>, n: number, time: string) {
  await user.clear(minutes(n));
  await user.type(minutes(n), time);
}

test("whoever may not change it reads each step as a sentence", async () => {
  api.user = sampleUser("operator");
  await renderApp("/delivery/escalation");
  expect(
    await screen.findByText(
      "If nobody acknowledges a critical alert for 15 minutes, Anne and #ops are told, whatever their preferences.",
    ),
  ).toBeVisible();
  expect(screen.getByText(/for 1 hour 30 minutes, Ben is told/)).toBeVisible();
  expect(screen.getByText("Only administrators change this.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Add a step" })).toBeNull();
});

test("steps are saved whole, in the order of their times", async () => {
  api.on(`PUT ${path}`, () => policy);
  const user = await openEditor();
  expect(save()).not.toBeVisible();
  await user.clear(minutes(1));
  await user.type(minutes(1), "120");
  await user.click(save());
  await waitFor(() => expect(api.callsTo(`PUT ${path}`)).toHaveLength(1));
  expect(api.callsTo(`PUT ${path}`)[0]?.body).toEqual({
    steps: [
      { after_minutes: 90, user_ids: [3], destination_ids: [] },
      { after_minutes: 120, user_ids: [2], destination_ids: [5] },
    ],
    updated_at: "2026-03-02T09:00:00.123456Z",
  });
  expect(await screen.findByText("The escalation is saved")).toBeVisible();
  await waitFor(() => expect(save()).not.toBeVisible());
  expect(minutes(1)).toHaveFocus();
});

test("a step that is added must name somebody; one that is removed is gone, and changes can be discarded", async () => {
  const user = await openEditor();
  await user.click(screen.getByRole("button", { name: "Add a step" }));
  expect(minutes(3)).toHaveValue("180");
  await user.click(save());
  expect(await step(3).findByText("Choose a person or a destination")).toBeVisible();
  expect(api.callsTo(`PUT ${path}`)).toHaveLength(0);
  await user.click(screen.getByRole("button", { name: "Remove step 3" }));
  expect(screen.queryByRole("group", { name: "Step 3" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Remove step 1" }));
  await user.click(screen.getByRole("button", { name: "Discard" }));
  expect(minutes(1)).toHaveValue("15");
});

test("a time that another step has, and what is no time, are refused at their field", async () => {
  const user = await openEditor();
  await user.clear(minutes(2));
  await user.type(minutes(2), "15");
  await user.click(save());
  expect(await step(2).findByText("Another step has this time")).toBeVisible();
  await user.clear(minutes(2));
  await user.type(minutes(2), "1.5");
  await user.click(save());
  expect(await step(2).findByText("A whole number of minutes from 1 to 10080")).toBeVisible();
});

test("what the server refuses stands at its step's field, which gets the focus", async () => {
  const errors = [{ path: "steps.1.user_ids.0", message: "there is no active person 3" }];
  api.on(`PUT ${path}`, () => problem(400, { errors }));
  const user = await openEditor();
  await user.clear(minutes(2));
  await user.type(minutes(2), "60");
  await user.click(save());
  expect(await step(2).findByText("There is no active person 3")).toBeVisible();
  expect(step(2).getByRole("combobox", { name: /^People/ })).toHaveFocus();
});

test("without any step it says that nobody is told next", async () => {
  policy = { steps: [], updated_at: null };
  await openEditor();
  expect(screen.getByText("Nobody is told next")).toBeVisible();
});

test("whatever was done before, what differs from the kept steps can be saved", async () => {
  const user = await openEditor();
  await user.click(screen.getByRole("button", { name: "Remove step 1" }));
  // As the step said that stood here before.
  await retype(user, 1, "15");
  expect(save()).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Discard" }));
  expect(save()).not.toBeVisible();
  await user.click(screen.getByRole("button", { name: "Add a step" }));
  await retype(user, 1, "15");
  expect(save()).toBeVisible();
});

test("the focus goes on where the next step is added, also when none is left", async () => {
  const user = await openEditor();
  await user.click(screen.getByRole("button", { name: "Remove step 2" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "Add a step" })).toHaveFocus());
  await user.click(screen.getByRole("button", { name: "Remove step 1" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "Add a step" })).toHaveFocus());
});

test("whoever leaves with changes is asked", async () => {
  const { user, router } = await renderApp("/delivery/escalation");
  await screen.findByRole("button", { name: "Add a step" });
  await retype(user, 1, "20");
  await user.click(screen.getByRole("link", { name: "Merchants" }));
  await user.click(await screen.findByRole("button", { name: "Stay" }));
  expect(minutes(1)).toHaveValue("20");
  expect(router.state.location.pathname).toBe("/delivery/escalation");
});

test("a colleague's change is told before it is overwritten: theirs is loaded, or mine goes over it", async () => {
  api.on(`PUT ${path}`, ({ body }) => {
    if ((body as Escalation).updated_at !== policy.updated_at) return problem(409, { code: "changed_since_read" }); // `as`: what the page sent
    return policy;
  });
  const user = await openEditor();
  const [first, second] = policy.steps;
  policy = { steps: [first, { ...second, after_minutes: 45 }] as Escalation["steps"], updated_at: "later" }; // `as`: both are there
  await retype(user, 1, "20");
  await user.click(save());
  expect(await screen.findByText("Changed by somebody else meanwhile.")).toBeVisible();
  expect(minutes(1)).toHaveValue("20");
  await user.click(screen.getByRole("button", { name: "Keep mine" }));
  expect(minutes(2)).toHaveValue("90");
  await user.click(save());
  await screen.findByText("The escalation is saved");
  expect(api.callsTo(`PUT ${path}`).map(({ body }) => (body as Escalation).updated_at)).toEqual([
    "2026-03-02T09:00:00.123456Z",
    "later",
  ]);
});

test("whoever only reads is not told to choose, when those of a step are gone", async () => {
  api.user = sampleUser("operator");
  policy = { steps: [{ after_minutes: 15, people: [], destinations: [] }], updated_at: null };
  await renderApp("/delivery/escalation");
  expect(
    await screen.findByText("Nobody is told after 15 minutes: those whom this step named are gone."),
  ).toBeVisible();
});
