import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { AlertDetail } from "@/api/types";
import { type Call, FakeApi, held, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleAlert, sampleEvent, samplePlatformUser, sampleUser } from "@/testing/samples";

const path = "/api/v1/admin/notifications/alerts/9";
const ada = { id: 1, name: "Ada Moreau" };
const ben = { id: 2, name: "Ben Weber" };
let api: FakeApi;
let alert: AlertDetail;

beforeEach(() => {
  api = new FakeApi();
  alert = sampleAlert({ id: 9, title: "Feed is broken", occurrence_count: 14 });
  api.on(`GET ${path}`, () => alert);
});

/** The server's part: what is asked changes the alert. */
function answersWith(what: string, change: (call: Call) => Partial<AlertDetail>) {
  api.on(`PUT ${path}/${what}`, (call) => {
    alert = { ...alert, ...change(call) };
    return alert;
  });
}

async function openDrawer(address = "/notifications?tab=alerts&alert=9") {
  const { user } = await renderApp(address);
  const drawer = within(await screen.findByRole("dialog", { name: /^Platform alert/ }));
  await drawer.findByRole("heading", { name: "Feed is broken" });
  return { user, drawer };
}

const fact = ({ drawer }: Pick<Awaited<ReturnType<typeof openDrawer>>, "drawer">, name: string) =>
  drawer.getAllByRole("term").find((term) => term.textContent === name)?.nextElementSibling;

describe("what the drawer tells", () => {
  test("it is named by its title alone, and its link can be copied", async () => {
    const { drawer } = await openDrawer();
    expect(screen.getByRole("dialog", { name: "Platform alert" })).toBeVisible();
    expect(drawer.getByRole("button", { name: "Copy link" })).toBeVisible();
  });

  test("the timeline runs newest first, names people and stores, and quotes what was written", async () => {
    alert.stores = [
      {
        count: 3,
        first_at: "2026-03-02T09:30:00Z",
        healed_at: null,
        last_at: "2026-03-02T09:30:00Z",
        store_id: 7,
        store_name: "Book Store",
      },
    ];
    alert.timeline = [
      sampleEvent({ id: 1, kind: "opened" }),
      sampleEvent({ id: 2, kind: "store_joined", detail: { store_id: 7 } }),
      sampleEvent({ id: 3, kind: "assigned", user: ada, detail: { assigned_to_user_id: 2 } }),
      sampleEvent({ id: 4, kind: "commented", user: ben, detail: { text: "The header is missing" } }),
    ];
    const { drawer } = await openDrawer();
    const timeline = drawer.getByRole("list", { name: "Timeline" });
    const entries = within(timeline)
      .getAllByRole("listitem")
      .map((entry) => entry.textContent);
    expect(entries).toEqual([
      expect.stringContaining("Commented by Ben WeberThe header is missing"),
      expect.stringContaining("Assigned to Ben Weber by Ada Moreau"),
      expect.stringContaining("Book Store affected too"),
      expect.stringContaining("Opened"),
    ]);
    expect(fact({ drawer }, "Seen")).toHaveTextContent("14 times");
  });

  test("Escape closes it and leaves the list's filters as they were", async () => {
    const { user } = await openDrawer("/notifications?tab=alerts&severity=critical&alert=9");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(addressQuery()).toEqual({ tab: ["alerts"], severity: ["critical"] });
  });

  test("an alert that does not exist is told apart from one that cannot be loaded", async () => {
    api.on(`GET ${path}`, () => problem(404));
    await renderApp("/notifications?tab=alerts&alert=9");
    expect(await screen.findByRole("heading", { name: "This alert does not exist" })).toBeVisible();
  });
});

describe("handling", () => {
  test("acknowledging says who is on it and is not offered twice", async () => {
    answersWith("acknowledge", () => ({ acknowledged_at: "2026-03-02T10:00:00Z", acknowledged_by: ada }));
    const { user, drawer } = await openDrawer();
    await user.click(drawer.getByRole("button", { name: "Acknowledge" }));
    await waitFor(() => expect(fact({ drawer }, "Acknowledged")).toHaveTextContent("Ada Moreau"));
    expect(drawer.queryByRole("button", { name: "Acknowledge" })).toBeNull();
  });

  test("resolving keeps the notes with the alert and offers to reopen it", async () => {
    answersWith("resolve", ({ body }) => ({
      is_resolved: true,
      resolved_at: "2026-03-02T10:00:00Z",
      resolved_by: ada,
      ...(body as { resolution_notes: string }),
    }));
    const { user, drawer } = await openDrawer();
    const notes = drawer.getByRole("textbox", { name: "Resolution notes" });
    expect(notes).toHaveFocus();
    await user.type(notes, "New key entered ");
    await user.click(drawer.getByRole("button", { name: "Resolve alert" }));
    expect(await drawer.findByRole("button", { name: "Reopen" })).toBeVisible();
    expect(fact({ drawer }, "Resolution notes")).toHaveTextContent("New key entered");
    expect(api.callsTo(`PUT ${path}/resolve`)[0]?.body).toEqual({ resolution_notes: "New key entered" });
  });

  test("a resolution that the server refuses is said, and the notes stay", async () => {
    api.on(`PUT ${path}/resolve`, () => problem(503, {}, { "X-Request-ID": "req-5" }));
    const { user, drawer } = await openDrawer();
    await user.type(drawer.getByRole("textbox", { name: "Resolution notes" }), "Done");
    await user.click(drawer.getByRole("button", { name: "Resolve alert" }));
    expect(await screen.findByText("Not saved")).toBeVisible();
    expect(drawer.getByRole("textbox", { name: "Resolution notes" })).toHaveValue("Done");
  });

  test("a comment that was sent is no draft any more, also when its answer comes to a drawer opened anew", async () => {
    const wait = held<AlertDetail>();
    api.on(`POST ${path}/comments`, () => wait.promise);
    api.on("GET /api/v1/admin/notifications/alerts", () => ({ items: [alert], next_cursor: null }));
    const { user, drawer } = await openDrawer();
    await user.type(drawer.getByRole("textbox", { name: "Comment" }), "Looking at it{Control>}{Enter}{/Control}");
    await waitFor(() => expect(api.callsTo(`POST ${path}/comments`)).toHaveLength(1));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(await screen.findByRole("link", { name: "Feed is broken" }));
    const field = await screen.findByRole("textbox", { name: "Comment" });
    expect(field).toHaveValue("Looking at it");
    wait.release(alert);
    await waitFor(() => expect(field).toHaveValue(""));
  });

  test("what was typed on meanwhile stays, and notes are dropped once somebody resolved it", async () => {
    const wait = held<AlertDetail>();
    api.on(`POST ${path}/comments`, () => wait.promise);
    const { user, drawer } = await openDrawer();
    await user.type(drawer.getByRole("textbox", { name: "Resolution notes" }), "Key was old");
    const field = drawer.getByRole("textbox", { name: "Comment" });
    await user.type(field, "Looking at it{Control>}{Enter}{/Control}");
    await user.type(field, ", soon");
    wait.release({ ...alert, is_resolved: true });
    await waitFor(() => expect(drawer.queryByRole("textbox", { name: "Resolution notes" })).toBeNull());
    expect(field).toHaveValue("Looking at it, soon");
    await user.clear(field);
    answersWith("reopen", () => ({ is_resolved: false }));
    await user.click(drawer.getByRole("button", { name: "Reopen" }));
    expect(await drawer.findByRole("textbox", { name: "Resolution notes" })).toHaveValue("");
  });

  test("reopening while a newer alert is open leads to that one", async () => {
    alert.is_resolved = true;
    api.on(`PUT ${path}/reopen`, () => problem(409, { code: "newer_alert_open" }));
    const { user, drawer } = await openDrawer();
    await user.click(drawer.getByRole("button", { name: "Reopen" }));
    expect(await drawer.findByRole("alert")).toHaveTextContent("Already open again");
    expect(drawer.getByRole("link", { name: "Show the open alert" })).toHaveAttribute(
      "href",
      "/notifications?tab=alerts&status=active&q=Feed+is+broken",
    );
  });
});

describe("assigning", () => {
  const people = [
    samplePlatformUser({ ...ada, role: "admin" }),
    samplePlatformUser(ben),
    samplePlatformUser({ id: 3, name: "Vera Viewer", role: "viewer" }),
    samplePlatformUser({ id: 4, name: "Gone Green", is_active: false }),
  ];
  const takesAnybody = () =>
    answersWith("assign", ({ body }) => {
      const id = (body as { user_id: number | null }).user_id;
      return { assigned_to_user_id: id, assigned_to: people.find((person) => person.id === id) ?? null };
    });

  test("an administrator gives it to a colleague, of those who may handle alerts", async () => {
    api.on("GET /api/v1/admin/users", () => ({ items: people, next_cursor: null }));
    takesAnybody();
    const { user, drawer } = await openDrawer();
    await user.click(await drawer.findByRole("combobox", { name: "Assigned to" }));
    await screen.findByRole("option", { name: "Ben Weber" });
    expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual([
      "Nobody",
      "Ada Moreau",
      "Ben Weber",
    ]);
    await user.click(screen.getByRole("option", { name: "Ben Weber" }));
    expect(await screen.findByText("Assigned to Ben Weber")).toBeVisible();
    expect(drawer.getByRole("combobox", { name: "Assigned to" })).toHaveValue("Ben Weber");
    expect(api.callsTo(`PUT ${path}/assign`)[0]?.body).toEqual({ user_id: 2 });
    await user.click(drawer.getByRole("combobox", { name: "Assigned to" }));
    await user.click(await screen.findByRole("option", { name: "Nobody" }));
    await waitFor(() => expect(drawer.getByRole("combobox", { name: "Assigned to" })).toHaveValue("Nobody"));
    expect(api.callsTo(`PUT ${path}/assign`)[1]?.body).toEqual({ user_id: null });
  });

  test("an operator takes it and gives it back, and the list of people is not asked for", async () => {
    api.user = sampleUser("operator");
    takesAnybody();
    const { user, drawer } = await openDrawer();
    expect(fact({ drawer }, "Assigned to")).toHaveTextContent("Nobody");
    await user.click(drawer.getByRole("button", { name: "Assign to me" }));
    await waitFor(() => expect(fact({ drawer }, "Assigned to")).toHaveTextContent("Ada Moreau"));
    await user.click(drawer.getByRole("button", { name: "Unassign" }));
    await waitFor(() => expect(fact({ drawer }, "Assigned to")).toHaveTextContent("Nobody"));
    expect(drawer.queryByRole("combobox")).toBeNull();
    expect(api.callsTo("GET /api/v1/admin/users")).toEqual([]);
  });

  test("a viewer sees who has it, and no button or field that changes anything", async () => {
    api.user = sampleUser("viewer");
    alert.assigned_to = ben;
    alert.assigned_to_user_id = ben.id;
    const { drawer } = await openDrawer();
    expect(fact({ drawer }, "Assigned to")).toHaveTextContent("Ben Weber");
    expect(drawer.queryByRole("textbox")).toBeNull();
    expect(drawer.queryByRole("combobox")).toBeNull();
    const buttons = drawer
      .getAllByRole("button")
      .map((button) => button.getAttribute("aria-label") ?? button.textContent);
    expect(buttons).toEqual(["Close", "Copy link", "Who was told, and why?"]);
  });
});
