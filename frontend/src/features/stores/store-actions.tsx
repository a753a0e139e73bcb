import { useTranslation } from "react-i18next";
import type { Store } from "@/api/types";
import { patchStore } from "@/features/stores/api";
import { useKeepStore } from "@/features/stores/use-keep-store";
import { RecordActions } from "@/ui/record-actions";

export function StoreActions({ store, onEdit }: { store: Store; onEdit: () => void }) {
  const { t } = useTranslation();
  const { name, is_active } = store;
  return (
    <RecordActions
      record={store}
      question={
        is_active
          ? { title: t("directory.stores.deactivate", { name }), body: t("directory.stores.deactivateBody") }
          : { title: t("directory.stores.activate", { name }), body: t("directory.stores.activateBody") }
      }
      onEdit={onEdit}
      onSwitch={(isActive) => patchStore(store.id, { is_active: isActive })}
      onSwitched={useKeepStore()}
    />
  );
}
