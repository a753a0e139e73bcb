import type { Alert } from "@/api/types";
import { silenceLink } from "@/url/links";

const longestText = 200;
/** A form that names more shops than this says nothing to anybody. */
const mostStores = 20;

/** The form for a silence of what is like this: its type in its stores, or where they are none or many, its title. */
export function silenceOf({ alert_type, title, affected_stores, open_stores, is_resolved }: Alert): string {
  const store = is_resolved ? affected_stores : open_stores;
  if (store.length > 0 && store.length <= mostStores) return silenceLink({ store, type: [alert_type] });
  return silenceLink({ type: [alert_type], text: title.slice(0, longestText) });
}
