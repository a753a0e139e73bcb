import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/features/imports/import-job.module.css";

export function ImportCounts({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const counts = [
    { name: t("imports.job.total"), count: job.total_rows ?? job.processed_count },
    { name: t("imports.job.imported"), count: job.imported_count },
    { name: t("imports.job.updated"), count: job.updated_count },
    { name: t("imports.job.unchanged"), count: job.unchanged_count },
    { name: t("imports.job.errors"), count: job.error_count, tone: "bad" },
    { name: t("imports.job.warnings"), count: job.warning_count, tone: "warning" },
  ];
  return (
    <dl className={css.counts}>
      {counts.map(({ name, count, tone }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-tone={count > 0 ? tone : undefined}>{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
