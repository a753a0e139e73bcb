import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { Counts } from "@/ui/counts";

export function ImportCounts({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  return (
    <Counts
      counts={[
        { name: t("imports.job.total"), count: job.total_rows ?? job.processed_count },
        { name: t("imports.job.imported"), count: job.imported_count },
        { name: t("imports.job.updated"), count: job.updated_count },
        { name: t("imports.job.unchanged"), count: job.unchanged_count },
        { name: t("imports.job.errors"), count: job.error_count, tone: "bad" },
        { name: t("imports.job.warnings"), count: job.warning_count, tone: "warning" },
      ]}
    />
  );
}
