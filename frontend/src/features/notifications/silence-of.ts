import type { Notification } from "@/api/types";
import { silenceLink } from "@/url/links";

const longestText = 200;

/** The form for a silence of what is like this: its type in its store, or of the platform what has its title. */
export function silenceOf({ store_id, type, title }: Notification): string | null {
  // The server refuses it: the warning that a silence ends names what was hidden.
  if (type === "silence_ending") return null;
  if (store_id !== null) return silenceLink({ store: [store_id], type: [type] });
  return silenceLink({ type: [type], text: title.slice(0, longestText) });
}
