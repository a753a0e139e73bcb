import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { Destination } from "@/api/types";
import { deliveryKeys } from "@/features/delivery/api";
import ConfirmDialog from "@/ui/confirm-dialog";
import { showToast } from "@/ui/toasts";

interface Props {
  destination: Destination;
  onClose: () => void;
}

export default function DeleteDestination({ destination, onClose }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id, name } = destination;
  const remove = useMutation({
    mutationFn: () =>
      client.DELETE("/api/v1/admin/delivery/destinations/{destination_id}", {
        params: { path: { destination_id: id } },
      }),
    onSuccess: () => showToast({ kind: "done", message: t("delivery.destinations.deleted", { name }) }),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    onSettled: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: deliveryKeys.all });
    },
  });
  return (
    <ConfirmDialog
      title={t("delivery.destinations.deleteTitle", { name })}
      body={t("delivery.destinations.deleteBody")}
      confirmLabel={t("delivery.destinations.delete")}
      isDangerous
      isBusy={remove.isPending}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
    />
  );
}
