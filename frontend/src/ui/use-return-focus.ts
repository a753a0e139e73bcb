import { useEffect, useState } from "react";

/**
 * For a dialog that is mounted open and unmounted to close: the focus goes back to where it came from, or else to the
 * cursor's row or the page's content.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Something else has taken it: a new page, say.
      if (document.activeElement === document.body) giveFocusBack(opener);
    },
    [opener],
  );
}

/** To where it came from, or else to the cursor's row or the page's content. */
export function giveFocusBack(opener: Element | null): void {
  const before = document.activeElement;
  if (opener !== document.body) focus(opener);
  // One after the other: of a list of selectors the content would come first, for it is around the rows.
  if (document.activeElement === before)
    focus(document.querySelector("article[data-cursor]") ?? document.querySelector("#content"));
}

function focus(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}
