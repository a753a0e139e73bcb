import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleUser } from "@/testing/samples";
import { showToast } from "@/ui/toasts";

let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});

async function signIn(user: Awaited<ReturnType<typeof renderApp>>["user"]) {
  await user.type(await screen.findByLabelText("E-mail"), "ada@tocsin.test");
  await user.type(screen.getByLabelText("Password"), "correct horse");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

describe("signing in", () => {
  test("whoever is not signed in signs in first and then is where they wanted to be, filters included", async () => {
    api.user = null;
    api.on("POST /api/v1/auth/login", () => sampleUser());
    const { user } = await renderApp("/notifications?priority=critical&status=unread");
    expect(await screen.findByRole("heading", { name: "Sign in to Tocsin" })).toBeVisible();
    await signIn(user);
    await waitFor(() => expect(window.location.pathname).toBe("/notifications"));
    expect(addressQuery()).toEqual({ priority: ["critical"], status: ["unread"] });
    expect(api.callsTo("POST /api/v1/auth/login")[0]?.body).toEqual({
      email: "ada@tocsin.test",
      password: "correct horse",
    });
  });

  test("a link to another site is not followed after signing in", async () => {
    api.user = null;
    api.on("POST /api/v1/auth/login", () => sampleUser());
    const { user } = await renderApp("/login?return_to=//evil.test/merchants");
    await signIn(user);
    await waitFor(() => expect(window.location.pathname).toBe("/notifications"));
    expect(window.location.host).toBe("tocsin.test");
  });

  test("wrong credentials are said above the form and empty the password only", async () => {
    api.user = null;
    api.on("POST /api/v1/auth/login", () => problem(401));
    const { user } = await renderApp("/login");
    await signIn(user);
    expect(await screen.findByText("E-mail or password is wrong.")).toBeVisible();
    expect(screen.getByLabelText("E-mail")).toHaveValue("ada@tocsin.test");
    await waitFor(() => expect(screen.getByLabelText("Password")).toHaveValue(""));
  });

  test("after too many attempts the form says how long to wait", async () => {
    api.user = null;
    api.on("POST /api/v1/auth/login", () => problem(429, {}, { "Retry-After": "17" }));
    const { user } = await renderApp("/login");
    await signIn(user);
    expect(await screen.findByText("Too many attempts. Try again in 17 seconds.")).toBeVisible();
  });

  test("a session that ends on the way leads to the sign-in page, which knows the way back", async () => {
    api.on("GET /api/v1/admin/merchants", () => problem(401));
    await renderApp("/merchants?q=books");
    expect(await screen.findByRole("heading", { name: "Sign in to Tocsin" })).toBeVisible();
    expect(addressQuery()).toEqual({ return_to: ["/merchants?q=books"] });
    expect(screen.getByText("Your session has ended. Please sign in again.")).toBeVisible();
  });
});

describe("signing out", () => {
  const warn = () => act(() => showToast({ kind: "critical", message: "Queue is stuck" }));

  test("no message about what only users may see stays on the screen", async () => {
    api.on("POST /api/v1/auth/logout", () => new Response(null, { status: 204 }));
    const { user } = await renderApp("/merchants");
    await user.click(await screen.findByRole("button", { name: "Account of Ada Moreau" }));
    warn();
    expect(screen.getByText("Queue is stuck")).toBeVisible();
    await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
    expect(await screen.findByRole("heading", { name: "Sign in to Tocsin" })).toBeVisible();
    await waitFor(() => expect(screen.queryByText("Queue is stuck")).toBeNull());
  });

  test("nor when the session ends by itself; only that is said", async () => {
    const { queryClient } = await renderApp("/merchants");
    await screen.findByRole("heading", { name: "Merchants" });
    warn();
    api.on("GET /api/v1/admin/merchants", () => problem(401));
    await act(() => queryClient.invalidateQueries());
    expect(await screen.findByText("Your session has ended. Please sign in again.")).toBeVisible();
    expect(screen.queryByText("Queue is stuck")).toBeNull();
  });
});

describe("pages of administrators", () => {
  test("a viewer is not shown the way to them", async () => {
    api.user = sampleUser("viewer");
    await renderApp("/merchants");
    const menu = await screen.findByRole("navigation", { name: "Main" });
    expect(within(menu).getByRole("link", { name: "Merchants" })).toBeVisible();
    expect(within(menu).queryByRole("link", { name: "API keys" })).toBeNull();
    expect(within(menu).queryByRole("link", { name: "Audit log" })).toBeNull();
    expect(screen.queryByRole("button", { name: "New merchant" })).toBeNull();
  });

  test("a viewer who types the address is told, and nothing is asked of the server", async () => {
    api.user = sampleUser("viewer");
    await renderApp("/api-keys");
    expect(await screen.findByRole("heading", { name: "You may not see this page" })).toBeVisible();
    expect(api.callsTo("GET /api/v1/admin/api-keys")).toEqual([]);
  });

  test("an administrator finds them in the menu", async () => {
    await renderApp("/merchants");
    const menu = await screen.findByRole("navigation", { name: "Main" });
    expect(within(menu).getByRole("link", { name: "API keys" })).toBeVisible();
    expect(within(menu).getByRole("link", { name: "Audit log" })).toBeVisible();
  });
});
