import { useEffect, useSyncExternalStore } from "react";
import { useCurrentUser } from "@/session/current-user";

type Kind = "comment" | "notes";

const drafts = new Map<string, string>();
const listeners = new Set<() => void>();

/** What somebody typed at an alert and did not send: there again when its drawer is. */
export function useDraft(kind: Kind, alertId: number) {
  const key = useKey(kind, alertId);
  const text = useSyncExternalStore(subscribe, () => drafts.get(key) ?? "");
  const keep = (next: string) => write(key, next);
  // The drawer may have been closed and opened meanwhile, and its field typed on in.
  const sent = (what: string) => drafts.get(key) === what && write(key, "");
  return { text, keep, sent };
}

/** Notes that nobody sent are of no use once it is resolved, by whomever. */
export function useNotesUntil(isResolved: boolean, alertId: number): void {
  const key = useKey("notes", alertId);
  useEffect(() => {
    if (isResolved) write(key, "");
  }, [isResolved, key]);
}

/** A draft is its writer's alone. */
function useKey(kind: Kind, alertId: number): string {
  return `${useCurrentUser().id} ${kind} ${alertId}`;
}

function write(key: string, text: string): void {
  if (text === "") drafts.delete(key);
  else drafts.set(key, text);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
