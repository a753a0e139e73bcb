import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Component, type ReactNode, useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { readSources } from "@/testing/source-graph";
import { lazyDialog, lazyExtra, lazyPart } from "@/ui/part";
import { ToastRegion } from "@/ui/toast-region";

const gone = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));

// What a boundary catches React tells to the console too.
beforeEach(() => void vi.spyOn(console, "error").mockReturnValue());

function renderBeside(part: ReactNode) {
  render(
    <MantineProvider>
      <p>The list</p>
      {part}
      <ToastRegion />
    </MantineProvider>,
  );
  return userEvent.setup();
}

test("what fails once is asked for once more before anybody is told", async () => {
  let calls = 0;
  const load = async () => (calls++ === 0 ? gone() : { default: () => "All alerts" });
  const Part = lazyPart<object>(load);
  renderBeside(<Part />);
  expect(await screen.findByText("All alerts")).toBeVisible();
});

test("a part that is gone says so in its place, and comes when it can be loaded", async () => {
  let isGone = true;
  const Part = lazyPart<object>(async () => (isGone ? gone() : { default: () => "All alerts" }));
  const user = renderBeside(<Part />);
  const again = await screen.findByRole("button", { name: "Try again" });
  expect(screen.getByRole("button", { name: "Reload the page" })).toBeVisible();
  isGone = false;
  await user.click(again);
  expect(await screen.findByText("All alerts")).toBeVisible();
});

test("what a page can do without is left out or replaced when it is gone, and the page stays", async () => {
  const load = vi.fn(gone);
  const Note = lazyExtra<object>(load);
  const Name = lazyExtra<{ id: number }>(load, ({ id }) => <b>#{id}</b>);
  renderBeside(
    <>
      <Note />
      <Name id={7} />
    </>,
  );
  await waitFor(() => expect(load).toHaveBeenCalledTimes(4));
  expect(await screen.findByText("#7")).toBeVisible();
  expect(screen.getByText("The list")).toBeVisible();
});

test("a dialog that is gone says so and is closed, and can be asked for again", async () => {
  const Dialog = lazyDialog<object>(gone);
  function Page() {
    const [isOpen, setIsOpen] = useState(false);
    return (
      <button type="button" onClick={() => setIsOpen(true)}>
        Delete {isOpen && <Dialog onClose={() => setIsOpen(false)} />}
      </button>
    );
  }
  const user = renderBeside(<Page />);
  for (const _ of ["at first", "again"]) {
    await user.click(screen.getByRole("button", { name: /^Delete/ }));
    expect(await screen.findByText("This could not be loaded")).toBeVisible();
    expect(screen.getByRole("button", { name: "Reload the page" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(screen.queryByText("This could not be loaded")).toBeNull();
  }
  expect(screen.getByText("The list")).toBeVisible();
});

test("a part that came and broke is the page's to tell, of whatever kind it is", async () => {
  const load = async () => ({
    default: () => {
      throw new RangeError("A channel of tomorrow");
    },
  });
  const [Part, Dialog, Extra] = [lazyPart<object>(load), lazyDialog<object>(load), lazyExtra<object>(load)];
  const onClose = vi.fn();
  for (const part of [<Part key="part" />, <Dialog key="dialog" onClose={onClose} />, <Extra key="extra" />]) {
    renderBeside(<Page>{part}</Page>);
    expect(await screen.findByText("A channel of tomorrow")).toBeVisible();
    cleanup();
  }
  expect(onClose).not.toHaveBeenCalled();
});

class Page extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error?.message ?? this.props.children;
  }
}

test("nothing comes later without a word for when it does not come", () => {
  const { texts } = readSources(`${import.meta.dirname}/..`);
  const found = [...texts].filter(([, text]) => /\blazy[(<]/.test(text)).map(([path]) => path);
  expect(found).toEqual(["ui/part.tsx"]);
});
