import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useHoldSheet } from "@/ui/hold-sheet";

const ConfirmDialog = lazy(() => import("@/ui/confirm-dialog"));

interface Props {
  /** Criticals that would be hidden. */
  count: number;
  onConfirm: () => void;
  onClose: () => void;
}

/** The last word before criticals ring for nobody. */
export function SilenceAnyway({ count, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  useHoldSheet(true);
  return (
    <Suspense>
      <ConfirmDialog
        title={t("silences.anyway.title")}
        body={`${t("silences.preview.criticals", { count })} ${t("silences.preview.criticalsHint")}`}
        confirmLabel={t("silences.anyway.confirm")}
        isDangerous
        isBusy={false}
        onClose={onClose}
        onConfirm={onConfirm}
      />
    </Suspense>
  );
}
