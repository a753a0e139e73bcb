import { useEffect, useRef } from "react";

/** The row that the cursor comes to takes the focus, unless something in a row has it from the pointer or Tab. */
export function useCursorFocus(isCursor: boolean) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isCursor && document.activeElement?.closest("article") !== row.current)
      row.current?.focus({ preventScroll: true });
  }, [isCursor]);
  return row;
}
