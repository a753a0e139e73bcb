import { VisuallyHidden } from "@mantine/core";
import { useSyncExternalStore } from "react";

let spoken = "";
const listeners = new Set<() => void>();

/** Says a sentence to screen readers when they pause; the same sentence twice is said twice. */
export function announce(sentence: string): void {
  // A no-break space makes the text differ, else nothing changes and nothing is said.
  spoken = sentence === spoken ? `${sentence}\u00a0` : sentence;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Announcer() {
  const sentence = useSyncExternalStore(subscribe, () => spoken);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {sentence}
    </VisuallyHidden>
  );
}
