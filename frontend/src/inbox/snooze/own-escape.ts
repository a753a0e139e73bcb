import type { FocusEvent, KeyboardEvent } from "react";

/** On what has the focus: a sheet around leaves its Escape alone. It asks before any handler of ours. */
export const escapeMark = { "data-mantine-stop-propagation": "true" } as const; // `as`: the literal

/** Escape closes what opened in place, not the sheet or the popover around. */
export function closesFirst(close: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // The browser would close its popover.
    event.preventDefault();
    close();
  };
}

/** For the element around the choices: whatever of it has the focus. */
export function ownEscape(close: () => void) {
  return {
    onFocus: ({ target }: FocusEvent) => {
      for (const [name, value] of Object.entries(escapeMark)) target.setAttribute(name, value);
    },
    onKeyDown: closesFirst(close),
  };
}
