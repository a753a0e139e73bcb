import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import { changeInBulk } from "@/features/notifications/bulk";
import { dropFromBell, putNotifications, refreshCounts } from "@/features/notifications/cache";
import { showToast } from "@/ui/toasts";

/** Not optimistic: what is deleted cannot be brought back, so the page says so only when it is true. */
export function useDeleteNotifications() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly number[]) => changeInBulk(ids, "delete"),
    onSuccess: (gone, ids) => {
      putNotifications(queryClient, new Map(ids.map((id) => [id, null])));
      dropFromBell(queryClient, ids);
      refreshCounts(queryClient);
      showToast({ kind: "done", message: t("notifications.toast.deleted", { count: ids.length - gone.length }) });
    },
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
  });
}
