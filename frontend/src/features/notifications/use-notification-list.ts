import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import {
  fetchNotification,
  fetchNotifications,
  filtersOf,
  notificationKeys,
  notificationsQuery,
} from "@/features/notifications/api";
import { useLiveList } from "@/inbox/use-live-list";

const route = getRouteApi("/app/notifications");
const hintNames = ["notification.created", "notification.changed"] as const;

export function useNotificationList() {
  const search = route.useSearch();
  const filters = useMemo(() => filtersOf(search), [search]);
  const query = useInfiniteQuery(notificationsQuery(filters));
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const live = useLiveList({
    listKey: notificationKeys.list(filters),
    headKey: notificationKeys.head(filters),
    loaded: items,
    isLoaded: query.isSuccess,
    hintNames,
    fetchHead: (signal) => fetchNotifications(filters, null, signal),
    fetchOne: fetchNotification,
  });
  return { ...live, items, query, status: search.status };
}

export type NotificationListState = ReturnType<typeof useNotificationList>;
