import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { MarkAll } from "@/api/types";
import { allCachedNotifications, putNotifications, refreshCounts } from "@/features/notifications/cache";
import { isWithin } from "@/features/notifications/mark-all";
import { useCurrentUser } from "@/session/current-user";
import { showToast } from "@/ui/toasts";

/** Marks everything up to what the user saw, within the filters that were on: never what arrived meanwhile. */
export function useMarkAllRead() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id, name } = useCurrentUser();
  return useMutation({
    mutationFn: async (limits: MarkAll) =>
      answered(await client.PUT("/api/v1/admin/notifications/mark-all-read", { body: limits })),
    onSuccess: ({ marked_count }, limits) => {
      const read = { is_read: true, read_at: new Date().toISOString(), read_by_user_id: id, read_by: { id, name } };
      const marked = allCachedNotifications(queryClient).filter((item) => !item.is_read && isWithin(limits, item));
      putNotifications(queryClient, new Map(marked.map((item) => [item.id, { ...item, ...read }])));
      const message =
        marked_count === 0
          ? t("notifications.toast.nothing")
          : t("notifications.toast.allRead", { count: marked_count });
      showToast({ kind: "done", message });
    },
    onError: (error) =>
      showToast({ kind: "failed", message: t("notifications.toast.failed"), detail: problemText(error) }),
    onSettled: () => refreshCounts(queryClient),
  });
}
