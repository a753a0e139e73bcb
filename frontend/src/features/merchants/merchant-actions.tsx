import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { Merchant } from "@/api/types";
import { patchMerchant } from "@/features/merchants/api";
import { useKeepMerchant } from "@/features/merchants/use-keep-merchant";
import { RecordActions } from "@/ui/record-actions";
import { showToast } from "@/ui/toasts";

export function MerchantActions({ merchant, onEdit }: { merchant: Merchant; onEdit: () => void }) {
  const { t } = useTranslation();
  const { name, is_active } = merchant;
  const keep = useKeepMerchant();
  const { mutate, isPending } = useMutation({
    mutationFn: (isActive: boolean) => patchMerchant(merchant.id, { is_active: isActive }),
    onSuccess: (changed) => {
      keep(changed);
      const message = changed.is_active ? t("directory.activated", { name }) : t("directory.deactivated", { name });
      const count = changed.stopped_schedules.length;
      showToast({ kind: "done", message, detail: count > 0 ? t("directory.stopped", { count }) : undefined });
    },
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
  });
  return (
    <RecordActions
      name={name}
      isActive={is_active}
      isBusy={isPending}
      question={
        is_active
          ? { title: t("directory.merchants.deactivate", { name }), body: t("directory.merchants.deactivateBody") }
          : { title: t("directory.merchants.activate", { name }), body: t("directory.merchants.activateBody") }
      }
      onEdit={onEdit}
      onSwitch={(isActive, onDone) => mutate(isActive, { onSettled: onDone })}
    />
  );
}
