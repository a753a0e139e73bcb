import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { ApiKey } from "@/api/types";
import { apiKeysKey } from "@/features/api-keys/api";
import ConfirmDialog from "@/ui/confirm-dialog";
import { showToast } from "@/ui/toasts";

export default function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { name } = apiKey;
  const revoke = useMutation({
    mutationFn: () => client.DELETE("/api/v1/admin/api-keys/{key_id}", { params: { path: { key_id: apiKey.id } } }),
    onSuccess: () => showToast({ kind: "done", message: t("administration.keys.revoked", { name }) }),
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: apiKeysKey });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("administration.keys.revokeTitle", { name })}
      body={t("administration.keys.revokeBody")}
      confirmLabel={t("administration.keys.revoke")}
      isDangerous
      isBusy={revoke.isPending}
      onClose={onClose}
      onConfirm={() => revoke.mutate()}
    />
  );
}
