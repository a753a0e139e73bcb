import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { Store } from "@/api/types";
import { letzshopKeys } from "@/features/letzshop/api";
import ConfirmDialog from "@/ui/confirm-dialog";
import { showToast } from "@/ui/toasts";

export default function DisconnectStore({ store, onClose }: { store: Store; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id: store_id, name } = store;
  const disconnect = useMutation({
    mutationFn: () =>
      client.DELETE("/api/v1/admin/letzshop/stores/{store_id}/credentials", { params: { path: { store_id } } }),
    onSuccess: () => showToast({ kind: "done", message: t("letzshop.connection.disconnected", { name }) }),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    onSettled: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: letzshopKeys.all });
    },
  });
  return (
    <ConfirmDialog
      title={t("letzshop.connection.disconnectTitle", { name })}
      body={t("letzshop.connection.disconnectBody")}
      confirmLabel={t("letzshop.connection.disconnect")}
      isDangerous
      isBusy={disconnect.isPending}
      onClose={onClose}
      onConfirm={() => disconnect.mutate()}
    />
  );
}
