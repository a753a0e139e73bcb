import type { MarkAll, Notification } from "@/api/types";
import { isUnread } from "@/features/notifications/cache";
import { type InboxSearch, notificationTypes } from "@/inbox/search";

/**
 * How "mark all" keeps to what the filters show: the API takes one priority, type and store; for anything finer
 * (a text, dates, several values) only the rows that are loaded are marked, one by one, and the button says so.
 */
export type MarkAllPlan =
  | { readonly kind: "everything"; readonly limits: MarkAll }
  | { readonly kind: "shown"; readonly ids: readonly number[] };

/** null: there is nothing to mark in what the filters show. */
export function planMarkAll(search: InboxSearch, loaded: readonly Notification[]): MarkAllPlan | null {
  if (search.status === "read" || search.status === "snoozed" || loaded.length === 0) return null;
  const { priority = [], store = [] } = search;
  const types = notificationTypes.filter((type) => search.type?.includes(type));
  const isFiner = [search.q, search.since, search.until, search.settled].some((value) => value !== undefined);
  if (isFiner || priority.length > 1 || types.length > 1 || store.length > 1) {
    const ids = loaded.filter(isUnread).map(({ id }) => id);
    return ids.length > 0 ? { kind: "shown", ids } : null;
  }
  return {
    kind: "everything",
    limits: {
      up_to_id: Math.max(...loaded.map(({ id }) => id)),
      priority: priority[0] ?? null,
      type: types[0] ?? null,
      store_id: store[0] ?? null,
    },
  };
}

export function isWithin({ up_to_id, priority, type, store_id }: MarkAll, item: Notification): boolean {
  return (
    (up_to_id == null || item.id <= up_to_id) &&
    (priority == null || item.priority === priority) &&
    (type == null || item.type === type) &&
    (store_id == null || item.store_id === store_id)
  );
}
