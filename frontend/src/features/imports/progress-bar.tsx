import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { percent } from "@/display/numbers";
import css from "@/features/imports/progress-bar.module.css";

/** Until the rows are counted the bar moves without saying how far. */
export function ImportProgress({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const isKnown = job.total_rows !== null && job.total_rows > 0;
  const done = percent(job.processed_count, job.total_rows ?? 0);
  return (
    <div
      className={css.track}
      role="progressbar"
      aria-label={t("imports.job.progressLabel")}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(isKnown ? { "aria-valuenow": done } : {})}
    >
      <div
        className={css.bar}
        data-unknown={!isKnown || undefined}
        style={isKnown ? { width: `${done}%` } : undefined}
      />
    </div>
  );
}
