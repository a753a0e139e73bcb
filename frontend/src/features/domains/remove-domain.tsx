import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { Domain } from "@/api/types";
import { type DomainOwner, domainsKey, removeDomain } from "@/features/domains/api";
import ConfirmDialog from "@/ui/confirm-dialog";
import { showToast } from "@/ui/toasts";

interface Props {
  owner: DomainOwner;
  domain: Domain;
  onClose: () => void;
}

export default function RemoveDomain({ owner, domain: { id, unicode_domain: domain }, onClose }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeDomain(owner, id),
    onSuccess: () => showToast({ kind: "done", message: t("domains.removed", { domain }) }),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    onSettled: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: domainsKey(owner) });
    },
  });
  return (
    <ConfirmDialog
      title={t("domains.removeTitle", { domain })}
      body={t("domains.removeBody")}
      confirmLabel={t("domains.remove")}
      isDangerous
      isBusy={remove.isPending}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
    />
  );
}
