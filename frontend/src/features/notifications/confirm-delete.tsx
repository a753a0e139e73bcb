import { useTranslation } from "react-i18next";
import { useDeleteNotifications } from "@/features/notifications/use-delete";
import ConfirmDialog from "@/ui/confirm-dialog";

interface Props {
  ids: readonly number[];
  onClose: () => void;
  onDone: () => void;
}

export default function ConfirmDelete({ ids, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const { mutate, isPending } = useDeleteNotifications();
  return (
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
  );
}
