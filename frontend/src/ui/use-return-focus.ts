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
      if (document.activeElement !== document.body) return;
      if (opener !== document.body) focus(opener);
      if (document.activeElement === document.body) focus(document.querySelector("article[data-cursor], #content"));
    },
    [opener],
  );
}

function focus(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}
