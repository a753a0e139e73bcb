import { useTranslation } from "react-i18next";
import type { Merchant } from "@/api/types";
import { patchMerchant } from "@/features/merchants/api";
import { useKeepMerchant } from "@/features/merchants/use-keep-merchant";
import { RecordActions } from "@/ui/record-actions";

export function MerchantActions({ merchant, onEdit }: { merchant: Merchant; onEdit: () => void }) {
  const { t } = useTranslation();
  const { name, is_active } = merchant;
  return (
    <RecordActions
      record={merchant}
      question={
        is_active
          ? { title: t("directory.merchants.deactivate", { name }), body: t("directory.merchants.deactivateBody") }
          : { title: t("directory.merchants.activate", { name }), body: t("directory.merchants.activateBody") }
      }
      onEdit={onEdit}
      onSwitch={(isActive) => patchMerchant(merchant.id, { is_active: isActive })}
      onSwitched={useKeepMerchant()}
    />
  );
}
