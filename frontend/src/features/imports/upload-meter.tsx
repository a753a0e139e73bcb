import { useTranslation } from "react-i18next";
import css from "@/features/imports/progress-bar.module.css";

export function UploadMeter({ share }: { share: number }) {
  const { t } = useTranslation();
  const percent = Math.round(share * 100);
  return (
    <div>
      <p role="status">{share < 1 ? t("imports.dialog.uploading", { percent }) : t("imports.dialog.uploaded")}</p>
      <div
        className={css.track}
        role="progressbar"
        aria-label={t("imports.dialog.uploading", { percent })}
        aria-valuenow={percent}
      >
        <div className={css.bar} style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
