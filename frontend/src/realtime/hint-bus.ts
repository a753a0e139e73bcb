import { useEffect, useRef } from "react";
import type { Hint } from "@/realtime/hints";

/** Hints of one moment, gathered: a burst of a hundred is one refetch. */
export type HintBatch = readonly Hint[];

type Listener = (hints: HintBatch) => void;
const listeners = new Set<Listener>();
let waiting: Hint[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Spread over a moment, so that not every browser asks in the same millisecond. */
const jitter = () => 120 + Math.random() * 280;

/** A tab hidden overnight needs no list of what it missed: it asks for everything it shows. */
const remembered = 200;

export function takeHint(hint: Hint): void {
  waiting = waiting.length < remembered ? [...waiting, hint] : [{ name: "resync", id: null, unreadCount: null }];
  if (timer !== undefined || document.hidden) return;
  timer = setTimeout(deliver, jitter());
}

function deliver(): void {
  clearTimeout(timer);
  timer = undefined;
  const hints = waiting;
  waiting = [];
  if (hints.length === 0) return;
  for (const listener of listeners) listener(hints);
}

/** A hidden tab waits: what it missed is asked once, when it is looked at. */
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && waiting.length > 0) timer ??= setTimeout(deliver, jitter());
});

export function subscribeToHints(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useHints(listener: Listener): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => subscribeToHints((hints) => latest.current(hints)), []);
}

export function saysChanged(hints: HintBatch, ...names: readonly Hint["name"][]): boolean {
  return hints.some((hint) => hint.name === "resync" || names.includes(hint.name));
}
