import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useDeleteNotifications } from "@/features/notifications/use-delete";

const ConfirmDialog = lazy(() => import("@/ui/confirm-dialog"));

interface Props {
  ids: readonly number[];
  onClose: () => void;
  onDone: () => void;
}

export function ConfirmDelete({ ids, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const { mutate, isPending } = useDeleteNotifications();
  return (
    <Suspense>
      <ConfirmDialog
        title={t("notifications.deleteTitle", { count: ids.length })}
        body={t("notifications.deleteBody")}
        confirmLabel={t("notifications.delete")}
        isDangerous
        isBusy={isPending}
        onClose={onClose}
        onConfirm={() =>
          mutate(ids, {
            onSuccess: onDone,
            onSettled: onClose,
          })
        }
      />
    </Suspense>
  );
}
