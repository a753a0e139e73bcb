import { useState } from "react";
import { useCurrentUser } from "@/session/current-user";

const drafts = new Map<string, string>();

/** What somebody typed at an alert and did not send: there again when its drawer is. */
export function useDraft(kind: "comment" | "notes", alertId: number) {
  const key = `${useCurrentUser().id} ${kind} ${alertId}`;
  const [text, setText] = useState(() => drafts.get(key) ?? "");
  const keep = (next: string) => {
    drafts.set(key, next);
    setText(next);
  };
  return [text, keep] as const;
}
