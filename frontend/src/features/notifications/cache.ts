import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Notification, Page, RecentNotifications, UnreadCount } from "@/api/types";
import { notificationKeys } from "@/features/notifications/api";

type Lists = InfiniteData<Page<Notification>>;

/** The rows as the caches know them now: what a refused change goes back to. */
export function cachedNotifications(queryClient: QueryClient, ids: readonly number[]): Map<number, Notification> {
  const wanted = new Set(ids);
  const found = new Map<number, Notification>();
  const keep = (items: readonly Notification[]) => {
    for (const item of items) if (wanted.has(item.id)) found.set(item.id, item);
  };
  keep(queryClient.getQueryData<RecentNotifications>(notificationKeys.recent)?.items ?? []);
  for (const [, data] of queryClient.getQueriesData<Lists>({ queryKey: notificationKeys.lists })) {
    for (const page of data?.pages ?? []) keep(page.items);
  }
  return found;
}

export function allCachedNotifications(queryClient: QueryClient): Notification[] {
  const lists = queryClient.getQueriesData<Lists>({ queryKey: notificationKeys.lists });
  return lists.flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []);
}

/** Replaces rows wherever they are listed; null takes them out. */
export function putNotifications(queryClient: QueryClient, changed: ReadonlyMap<number, Notification | null>): void {
  const applied = (items: Notification[]) =>
    items.flatMap((item) => {
      const now = changed.get(item.id);
      return now === undefined ? [item] : now === null ? [] : [now];
    });
  queryClient.setQueriesData<Lists>({ queryKey: notificationKeys.lists }, (data) =>
    data ? { ...data, pages: data.pages.map((page) => ({ ...page, items: applied(page.items) })) } : undefined,
  );
  queryClient.setQueriesData<Page<Notification>>({ queryKey: notificationKeys.heads }, (page) =>
    page ? { ...page, items: applied(page.items) } : undefined,
  );
}

/** The bell lists what is unread. */
export function dropFromBell(queryClient: QueryClient, ids: readonly number[]): void {
  queryClient.setQueryData<RecentNotifications>(notificationKeys.recent, (recent) =>
    recent ? { ...recent, items: recent.items.filter(({ id }) => !ids.includes(id)) } : undefined,
  );
}

export function isUnread(notification: Notification): boolean {
  return !notification.is_read && notification.settled_at === null;
}

/** What is put off counts as read, and is not. */
export function isReadBySomebody({ is_read, snoozed_until }: Notification): boolean {
  return is_read && snoozed_until === null;
}

/** Moves the counts by what is known to change; the server's answer follows and is right. */
export function moveUnreadCount(queryClient: QueryClient, before: Iterable<Notification>, step: 1 | -1): void {
  const moved = [...before];
  queryClient.setQueryData<UnreadCount>(notificationKeys.unreadCount, (counts) => {
    if (!counts) return undefined;
    const by_priority = { ...counts.by_priority };
    for (const { priority } of moved) {
      if (isPriority(by_priority, priority)) by_priority[priority] = Math.max(0, by_priority[priority] + step);
    }
    return { unread_count: Math.max(0, counts.unread_count + step * moved.length), by_priority };
  });
}

function isPriority<T extends object>(counts: T, priority: string | number | symbol): priority is keyof T {
  return priority in counts;
}

/** The stream's hint carries the count: the badge need not wait for the refetch. */
export function setUnreadCount(queryClient: QueryClient, unread_count: number): void {
  queryClient.setQueryData<UnreadCount>(notificationKeys.unreadCount, (counts) =>
    counts ? { ...counts, unread_count } : undefined,
  );
}

export function refreshCounts(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: notificationKeys.recent });
  void queryClient.invalidateQueries({ queryKey: notificationKeys.unreadCount });
}
