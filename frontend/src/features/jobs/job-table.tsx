import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { humanised } from "@/display/names";
import { JobStateBadge } from "@/features/jobs/job-state-badge";
import css from "@/features/jobs/job-table.module.css";
import { useCan } from "@/session/current-user";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

interface Props {
  jobs: readonly Job[];
  onRetry: (id: number) => void;
}

export function JobTable({ jobs, onRetry }: Props) {
  const { t } = useTranslation();
  const canRun = useCan("run-jobs");
  return (
    <CardTable
      head={
        <>
          <th>{t("administration.jobs.kind")}</th>
          <th>{t("administration.jobs.status")}</th>
          <th className={table.number}>{t("administration.jobs.attempts")}</th>
          <th>{t("administration.jobs.error")}</th>
          <th className={table.number}>{t("administration.jobs.created")}</th>
          <th aria-label={t("shell.palette.actions")} />
        </>
      }
    >
      {jobs.map((job) => (
        <tr key={job.id}>
          <td>
            <span className={table.strong}>{humanised(job.kind)}</span>
            <span className={css.sub}>#{job.id}</span>
          </td>
          <td>
            <JobStateBadge state={job.state} />
          </td>
          <td className={`${table.number} ${table.dropped}`}>{job.attempts}</td>
          <td className={`${css.error} ${table.wide}`} title={job.last_error ?? undefined}>
            {job.last_error}
          </td>
          <td className={`${table.number} ${table.quiet}`}>
            <Time iso={job.created_at} as="ago" />
          </td>
          <td className={table.number}>
            {canRun && job.state === "dead" && (
              <Button
                size="compact-sm"
                aria-label={t("administration.jobs.retryNamed", { id: job.id })}
                onClick={() => onRetry(job.id)}
              >
                {t("administration.jobs.retry")}
              </Button>
            )}
          </td>
        </tr>
      ))}
    </CardTable>
  );
}
