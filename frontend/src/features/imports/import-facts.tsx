import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { Took } from "@/features/imports/import-table";
import { FactLine, LineFact, LineMoment } from "@/ui/fact-line";

export function ImportFacts({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  return (
    <FactLine>
      <LineFact name={t("filter.store")}>
        <Link to="/stores/$id" params={{ id: job.store_id }}>
          {job.store_name ?? `#${job.store_id}`}
        </Link>
      </LineFact>
      <LineFact name={t("imports.job.source")}>{job.source}</LineFact>
      <LineFact name={t("imports.job.startedBy")}>{job.started_by?.name ?? t("imports.job.schedule")}</LineFact>
      <LineMoment name={t("imports.job.created")} iso={job.created_at} />
      <LineMoment name={t("imports.job.completed")} iso={job.completed_at} />
      {job.started_at && (
        <LineFact name={t("imports.job.took")}>
          <Took job={job} />
        </LineFact>
      )}
    </FactLine>
  );
}
