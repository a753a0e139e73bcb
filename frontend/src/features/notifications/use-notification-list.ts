import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  fetchNotification,
  fetchNotifications,
  filtersOf,
  notificationKeys,
  notificationsQuery,
} from "@/features/notifications/api";
import { useListedSearch } from "@/inbox/inbox-address";
import { useLiveList } from "@/inbox/use-live-list";

const hintNames = ["notification.created", "notification.changed"] as const;

/** What is loaded of the list that the address asks for. */
export function useNotificationPages() {
  const search = useListedSearch();
  const filters = useMemo(() => filtersOf(search), [search]);
  const query = useInfiniteQuery(notificationsQuery(filters));
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return { filters, items, query, status: search.status };
}

/** The same, kept current: once on a page. */
export function useNotificationList() {
  const { filters, ...pages } = useNotificationPages();
  const { items, query } = pages;
  const live = useLiveList({
    listKey: notificationKeys.list(filters),
    headKey: notificationKeys.head(filters),
    loaded: items,
    isAtRest: query.isSuccess && !query.isFetching,
    hintNames,
    fetchPage: (cursor, signal) => fetchNotifications(filters, cursor, signal),
    fetchOne: fetchNotification,
  });
  return { ...live, ...pages };
}

export type NotificationListState = ReturnType<typeof useNotificationList>;
