import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { useKeySequences, useKeys } from "@/keyboard/use-keys";

function Page({ isOpen, onKey }: { isOpen: boolean; onKey: () => void }) {
  useKeys({ x: onKey });
  return (
    <div style={{ display: isOpen ? undefined : "none" }}>
      <div role="listbox" />
    </div>
  );
}

test.each([
  [true, 0],
  [false, 1],
])("a list that is open (%s) takes the keys, one that is closed leaves them to the page", async (isOpen, calls) => {
  const onKey = vi.fn();
  render(<Page isOpen={isOpen} onKey={onKey} />);

  await userEvent.keyboard("x");

  expect(onKey).toHaveBeenCalledTimes(calls);
});

function Shell({ onKey }: { onKey: () => void }) {
  useKeySequences("g", { x: onKey });
  return null;
}

test("the second key of a sequence does nothing alone, however soon after the page was opened", () => {
  const onKey = vi.fn();
  render(<Shell onKey={onKey} />);
  const press = (key: string, at: number) => {
    const event = new KeyboardEvent("keydown", { key, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: at });
    window.dispatchEvent(event);
  };

  press("x", 900);
  press("a", 1_000);
  press("x", 1_100);
  expect(onKey).not.toHaveBeenCalled();

  press("g", 1_200);
  press("x", 1_300);
  expect(onKey).toHaveBeenCalledOnce();
});
