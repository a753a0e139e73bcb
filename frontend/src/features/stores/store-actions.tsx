import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { Store } from "@/api/types";
import { patchStore } from "@/features/stores/api";
import { useKeepStore } from "@/features/stores/use-keep-store";
import { RecordActions } from "@/ui/record-actions";
import { showToast } from "@/ui/toasts";

export function StoreActions({ store, onEdit }: { store: Store; onEdit: () => void }) {
  const { t } = useTranslation();
  const { name, is_active } = store;
  const keep = useKeepStore();
  const { mutate, isPending } = useMutation({
    mutationFn: (isActive: boolean) => patchStore(store.id, { is_active: isActive }),
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
          ? { title: t("directory.stores.deactivate", { name }), body: t("directory.stores.deactivateBody") }
          : { title: t("directory.stores.activate", { name }), body: t("directory.stores.activateBody") }
      }
      onEdit={onEdit}
      onSwitch={(isActive, onDone) => mutate(isActive, { onSettled: onDone })}
    />
  );
}
