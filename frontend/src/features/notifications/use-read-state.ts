import { type Query, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { client } from "@/api/client";
import type { Notification } from "@/api/types";
import { notificationKeys } from "@/features/notifications/api";
import { changeInBulk } from "@/features/notifications/bulk";
import {
  cachedNotifications,
  dropFromBell,
  moveUnreadCount,
  putNotifications,
  refreshCounts,
} from "@/features/notifications/cache";
import { useCurrentUser } from "@/session/current-user";
import { showToast } from "@/ui/toasts";

interface Change {
  ids: readonly number[];
  isRead: boolean;
  /** Says so and offers to undo; for what the user did on purpose, not in passing. */
  isAnnounced?: boolean;
}

const path = "/api/v1/admin/notifications";

/** Marks as read or unread at once on the page, and takes it back honestly when the server refuses. */
export function useReadState(): (change: Change) => void {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id, name } = useCurrentUser();

  const { mutate } = useMutation({
    mutationFn: ({ ids, isRead }: Change) => save(ids, isRead),
    onMutate: async ({ ids, isRead }) => {
      // An answer from before the change would undo it on the page. A first load goes on: nobody would start it again.
      const filters = { queryKey: notificationKeys.lists, fetchStatus: "fetching", predicate: hasData } as const;
      const cancelled = queryClient.getQueryCache().findAll(filters);
      await Promise.all([
        queryClient.cancelQueries({ queryKey: notificationKeys.recent }),
        queryClient.cancelQueries({ queryKey: notificationKeys.unreadCount }),
        queryClient.cancelQueries(filters),
      ]);
      const before = cachedNotifications(queryClient, ids);
      const counted = [...before.values()].filter((item) => item.settled_at === null && item.is_read !== isRead);
      putNotifications(
        queryClient,
        mapped(before, (item) => withReadState(item, isRead, { id, name })),
      );
      moveUnreadCount(queryClient, counted, isRead ? -1 : 1);
      if (isRead) dropFromBell(queryClient, ids);
      return { before, counted, cancelled };
    },
    onError: (_error, { isRead }, done) => {
      if (done) {
        putNotifications(queryClient, done.before);
        moveUnreadCount(queryClient, done.counted, isRead ? 1 : -1);
      }
      showToast({ kind: "failed", message: t("notifications.toast.failed") });
    },
    onSuccess: (gone, { ids, isRead, isAnnounced }) => {
      if (gone.length > 0) {
        putNotifications(queryClient, new Map(gone.map((missing) => [missing, null])));
        showToast({ kind: "failed", message: t("notifications.toast.partly", { count: gone.length }) });
      }
      if (!isAnnounced) return;
      const count = ids.length - gone.length;
      const message = isRead
        ? t("notifications.toast.markedRead", { count })
        : t("notifications.toast.markedUnread", { count });
      showToast({
        kind: "done",
        message,
        action: {
          label: t("action.undo"),
          run: () => change({ ids: ids.filter((each) => !gone.includes(each)), isRead: !isRead }),
        },
      });
    },
    onSettled: (_gone, _error, _change, done) => {
      refreshCounts(queryClient);
      for (const { queryKey } of done?.cancelled ?? []) void queryClient.invalidateQueries({ queryKey, exact: true });
    },
  });

  /** Only what is not so yet: whoever read it first stays its reader, and undoing leaves it read. */
  const change = useCallback(
    ({ ids, isRead, ...others }: Change) => {
      const known = cachedNotifications(queryClient, ids);
      const isSo = (item: Notification | undefined) => item?.is_read === isRead && item.snoozed_until === null;
      const changing = ids.filter((each) => !isSo(known.get(each)));
      if (changing.length > 0) mutate({ ids: changing, isRead, ...others });
    },
    [mutate, queryClient],
  );
  return change;
}

function hasData({ state }: Query): boolean {
  return state.data !== undefined;
}

/** Answers the ids that no longer exist. */
async function save(ids: readonly number[], isRead: boolean): Promise<number[]> {
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) {
    const params = { path: { notification_id: only } };
    if (isRead) await client.PUT(`${path}/{notification_id}/read`, { params });
    else await client.PUT(`${path}/{notification_id}/unread`, { params });
    return [];
  }
  return changeInBulk(ids, isRead ? "read" : "unread");
}

function withReadState(item: Notification, isRead: boolean, reader: { id: number; name: string }): Notification {
  if (item.is_read === isRead && item.snoozed_until === null) return item;
  // Whoever marks it ends its snooze.
  const awake = { ...item, snoozed_until: null, snoozed_by: null };
  return isRead
    ? { ...awake, is_read: true, read_at: new Date().toISOString(), read_by_user_id: reader.id, read_by: reader }
    : { ...awake, is_read: false, read_at: null, read_by_user_id: null, read_by: null };
}

function mapped<K, V>(map: ReadonlyMap<K, V>, change: (value: V) => V): Map<K, V> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
