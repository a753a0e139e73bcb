import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import css from "@/features/imports/import-job.module.css";
import { Took } from "@/features/imports/import-table";
import { Time } from "@/ui/time";

export function ImportFacts({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  return (
    <dl className={css.facts}>
      <Fact name={t("filter.store")}>
        <Link to="/stores/$id" params={{ id: job.store_id }}>
          {job.store_name ?? `#${job.store_id}`}
        </Link>
      </Fact>
      <Fact name={t("imports.job.source")}>{job.source}</Fact>
      <Fact name={t("imports.job.startedBy")}>{job.started_by?.name ?? t("imports.job.schedule")}</Fact>
      <Fact name={t("imports.job.created")}>
        <Time iso={job.created_at} as="day" />
      </Fact>
      {job.completed_at && (
        <Fact name={t("imports.job.completed")}>
          <Time iso={job.completed_at} as="day" />
        </Fact>
      )}
      {job.started_at && (
        <Fact name={t("imports.job.took")}>
          <Took job={job} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}
