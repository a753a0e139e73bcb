import { useSyncExternalStore } from "react";
import type { StreamState } from "@/realtime/event-stream";

let state: StreamState = "connecting";
const listeners = new Set<() => void>();

export function setStreamState(next: StreamState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export function readStreamState(): StreamState {
  return state;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(subscribe, readStreamState);
}
