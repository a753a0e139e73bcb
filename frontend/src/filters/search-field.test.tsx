import { createEvent, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FakeApi } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";

beforeEach(() => {
  new FakeApi();
});

async function openList(address: string) {
  const { user } = await renderApp(address);
  return { user, search: await screen.findByRole("searchbox", { name: "Search text" }) };
}

/** Longer than the field waits for the next key. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 350));

test("a pause after a space does not eat the space", async () => {
  const { user, search } = await openList("/notifications");
  await user.type(search, "import ");
  await waitFor(() => expect(addressQuery()).toEqual({ q: ["import"] }));
  await pause();
  await user.type(search, "failed");
  expect(search).toHaveValue("import failed");
  await waitFor(() => expect(addressQuery()).toEqual({ q: ["import failed"] }));
});

test("Escape leaves the field; the search stays", async () => {
  const { search } = await openList("/notifications?q=feed");
  search.focus();
  const pressed = createEvent.keyDown(search, { key: "Escape" });
  fireEvent(search, pressed);
  // Else the browser itself empties a search field.
  expect(pressed.defaultPrevented).toBe(true);
  expect(search).not.toHaveFocus();
  expect(search).toHaveValue("feed");
});

test("what was still being typed when the filters were cleared is not searched for", async () => {
  const { user, search } = await openList("/notifications?q=feed");
  await user.type(search, "s");
  await user.click(screen.getByText("Clear"));
  await waitFor(() => expect(search).toHaveValue(""));
  await pause();
  expect(addressQuery()).toEqual({});
  expect(search).toHaveValue("");
});
