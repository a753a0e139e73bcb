import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { useKeys } from "@/keyboard/use-keys";

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
