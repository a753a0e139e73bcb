import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { duration } from "@/display/dates";
import { humanised } from "@/display/names";
import { formatNumber } from "@/display/numbers";
import { useNow } from "@/display/use-now";
import { isRunning } from "@/features/imports/api";
import css from "@/features/imports/import-table.module.css";
import { ImportProgress } from "@/features/imports/progress-bar";
import { ImportStatusBadge } from "@/features/imports/status-badge";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

interface Props {
  jobs: readonly ImportJob[];
  /** All are of one store, which the page names. */
  isOfOneStore: boolean;
}

export function ImportTable({ jobs, isOfOneStore }: Props) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("imports.column.import")}</th>
          <th>{t("imports.column.status")}</th>
          <th className={table.number}>{t("imports.column.rows")}</th>
          <th>{t("imports.column.result")}</th>
          <th className={table.number}>{t("imports.column.took")}</th>
          <th className={table.number}>{t("imports.column.started")}</th>
        </>
      }
    >
      {jobs.map((job) => (
        <ImportLine key={job.id} job={job} isOfOneStore={isOfOneStore} />
      ))}
    </CardTable>
  );
}

function ImportLine({ job, isOfOneStore }: { job: ImportJob; isOfOneStore: boolean }) {
  const { t } = useTranslation();
  const about = `${job.language.toUpperCase()} · ${humanised(job.marketplace)}`;
  return (
    <tr className={table.linked}>
      <td className={css.name}>
        <Link to="/imports/$id" params={{ id: job.id }} className={table.link}>
          {isOfOneStore ? t("imports.job.title", { id: job.id }) : (job.store_name ?? `#${job.store_id}`)}
        </Link>
        <span className={css.sub}>{isOfOneStore ? about : `#${job.id} · ${about}`}</span>
      </td>
      <td>
        <ImportStatusBadge status={job.status} />
      </td>
      <td className={`${table.number} ${table.dropped}`}>{formatNumber(job.total_rows ?? job.processed_count)}</td>
      <td className={`${css.result} ${table.wide}`}>
        <Result job={job} />
      </td>
      <td className={`${table.number} ${table.dropped}`}>
        <Took job={job} />
      </td>
      <td className={`${table.number} ${table.quiet}`}>
        <span title={t("imports.job.created")}>
          <Time iso={job.created_at} as="ago" />
        </span>
      </td>
    </tr>
  );
}

function Result({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  if (isRunning(job)) return <ImportProgress job={job} />;
  if (job.status === "failed" && job.error_message) {
    return (
      <span className={css.message} title={job.error_message}>
        {job.error_message}
      </span>
    );
  }
  const parts = [
    job.error_count > 0 && t("imports.errors", { count: job.error_count }),
    job.warning_count > 0 && t("imports.warnings", { count: job.warning_count }),
  ].filter(Boolean);
  return <span className={css.quiet}>{parts.length > 0 ? parts.join(", ") : t("imports.clean")}</span>;
}

export function Took({ job }: { job: ImportJob }) {
  const now = useNow();
  if (!job.started_at) return <>–</>;
  const end = job.completed_at ? Date.parse(job.completed_at) : now.getTime();
  return <>{duration(end - Date.parse(job.started_at))}</>;
}
