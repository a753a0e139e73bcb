import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { Notification, NotificationType, Page } from "@/api/types";
import { unlessGone } from "@/api/unless-gone";
import { endOfDay, startOfDay } from "@/display/dates";
import { type InboxSearch, notificationTypes } from "@/inbox/search";

const path = "/api/v1/admin/notifications";
const pageSize = 50;

/** The address's filters as the API's query. */
export function filtersOf(search: InboxSearch) {
  const types = notificationTypes.filter((type) => search.type?.includes(type));
  return {
    priority: search.priority ?? null,
    type: types.length > 0 ? (types satisfies NotificationType[]) : null,
    is_read: search.status === "unread" ? false : search.status === "read" ? true : null,
    // What is put off counts as read by the server, but nobody has read it; what is settled stays away.
    snoozed: search.status === "snoozed" ? true : search.status === "read" ? false : null,
    settled: search.settled ?? (search.status === "snoozed" ? false : null),
    store_id: search.store ?? null,
    q: search.q ?? null,
    since: search.since ? startOfDay(search.since) : null,
    until: search.until ? endOfDay(search.until) : null,
  };
}
export type NotificationFilters = ReturnType<typeof filtersOf>;

export const notificationKeys = {
  lists: ["get", path, "list"] as const,
  list: (filters: NotificationFilters) => [...notificationKeys.lists, filters] as const,
  heads: ["get", path, "head"] as const,
  head: (filters: NotificationFilters) => [...notificationKeys.heads, filters] as const,
  recent: ["get", `${path}/recent`] as const,
  unreadCount: ["get", `${path}/unread-count`] as const,
};

export async function fetchNotifications(
  filters: NotificationFilters,
  cursor: string | null,
  signal: AbortSignal | null,
): Promise<Page<Notification>> {
  return answered(
    await client.GET(path, { params: { query: present({ ...filters, limit: pageSize, cursor }) }, signal }),
  );
}

export async function fetchNotification(notification_id: number): Promise<Notification | null> {
  const answer = await unlessGone(client.GET(`${path}/{notification_id}`, { params: { path: { notification_id } } }));
  return answer && answered(answer);
}

/** Asked anew when the page opens; after that `useLiveList` keeps it current, row by row. */
export const notificationsQuery = (filters: NotificationFilters) => ({
  ...pagedQuery(notificationKeys.list(filters), async (cursor, signal, queryClient) => {
    const page = await fetchNotifications(filters, cursor, signal);
    // A head that was asked before would count rows as new that are listed, or are gone.
    if (cursor === null) queryClient.setQueryData(notificationKeys.head(filters), page);
    return page;
  }),
  refetchOnReconnect: false,
});

export const recentQuery = queryOptions({
  queryKey: notificationKeys.recent,
  queryFn: async ({ signal }) =>
    answered(await client.GET(`${path}/recent`, { params: { query: { limit: 10 } }, signal })),
});

export const unreadCountQuery = queryOptions({
  queryKey: notificationKeys.unreadCount,
  queryFn: async ({ signal }) => answered(await client.GET(`${path}/unread-count`, { signal })),
});

/** Enough to count with; what is beyond is said as "100+". */
const counted = 100;

/** Under the count's key: whatever changes that changes this. */
export const unreadOfStoreQuery = (store: number) =>
  queryOptions({
    queryKey: [...notificationKeys.unreadCount, "store", store],
    queryFn: async ({ signal }) => {
      const query = { store_id: [store], is_read: false, settled: false, limit: counted };
      return answered(await client.GET(path, { params: { query }, signal }));
    },
  });
