import type { MouseEvent } from "react";

/** A click that stays in this tab: no modifier, main button; everything else is the browser's. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
