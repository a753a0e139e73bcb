import { useTranslation } from "react-i18next";
import type { Criticals } from "@/features/silences/use-criticals";
import ConfirmDialog from "@/ui/confirm-dialog";
import { useHoldSheet } from "@/ui/hold-sheet";

interface Props {
  count: Criticals;
  onConfirm: () => void;
  onClose: () => void;
}

/** The last word before criticals ring for nobody. */
export function SilenceAnyway({ count, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  useHoldSheet(true);
  const hidden = count === "unknown" ? t("silences.anyway.unknown") : t("silences.preview.criticals", { count });
  return (
    <ConfirmDialog
      title={t("silences.anyway.title")}
      body={`${hidden} ${t("silences.preview.criticalsHint")}`}
      confirmLabel={t("silences.anyway.confirm")}
      isDangerous
      isBusy={false}
      onClose={onClose}
      onConfirm={onConfirm}
    />
  );
}
