import "@/directory/texts";
import { IconCircleCheckFilled, IconCircleMinus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "@/ui/status-badge.module.css";

/** Whether a store or a merchant is in use. */
export function ActiveChip({ isActive }: { isActive: boolean }) {
  const { t } = useTranslation();
  const ChipIcon = isActive ? IconCircleCheckFilled : IconCircleMinus;
  return (
    <span className={css.badge} data-tone={isActive ? "good" : "quiet"}>
      <ChipIcon size={14} aria-hidden />
      {isActive ? t("directory.active") : t("directory.inactive")}
    </span>
  );
}
