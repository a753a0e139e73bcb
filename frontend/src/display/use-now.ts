import { useSyncExternalStore } from "react";

/** One clock for all ages on the page, so that rows never disagree and there is one timer. */
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = new Date();
    for (const told of listeners) told();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function read(): Date {
  // Nobody watched for a while: the kept time is stale.
  if (timer === undefined && Date.now() - now.getTime() > 30_000) now = new Date();
  return now;
}

export function useNow(): Date {
  return useSyncExternalStore(subscribe, read);
}
