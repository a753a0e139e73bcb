import "@/features/imports/texts";
import { Button } from "@mantine/core";
import { IconBellRinging, IconUpload } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { humanised } from "@/display/names";
import { formatNumber } from "@/display/numbers";
import { hasTrouble, importQuery, isRunning, raisedAlertQuery } from "@/features/imports/api";
import { ImportCounts } from "@/features/imports/import-counts";
import { ImportFacts } from "@/features/imports/import-facts";
import css from "@/features/imports/import-job.module.css";
import { ImportRows } from "@/features/imports/import-rows";
import { JobButtons } from "@/features/imports/job-buttons";
import { importKeys } from "@/features/imports/keys";
import { ImportProgress } from "@/features/imports/progress-bar";
import { ImportStatusBadge } from "@/features/imports/status-badge";
import { languageName } from "@/features/imports/wording";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { useCan } from "@/session/current-user";
import { PageHeader, Panel } from "@/ui/page";
import { ErrorState } from "@/ui/page-state";
import { usePageTitle } from "@/ui/use-page-title";
import { WorkOutcome } from "@/ui/work-outcome";
import { PathLink } from "@/url/path-link";

export function ImportJobView({ id }: { id: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(importQuery(id));
  usePageTitle(t("imports.job.title", { id }));
  useHints((hints) => {
    const isOurs = hints.some((hint) => hint.id === id || hint.id === null);
    if (!isOurs || !saysChanged(hints, "import.progress")) return;
    void queryClient.invalidateQueries({ queryKey: importKeys.job(id) });
    void queryClient.invalidateQueries({ queryKey: importKeys.rows(id) });
  });

  if (query.isPending) return <JobBones />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <Job job={query.data} />;
}

function Job({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader
        title={t("imports.job.title", { id: job.id })}
        beside={<ImportStatusBadge status={job.status} />}
        intro={t("imports.job.of", {
          store: job.store_name ?? `#${job.store_id}`,
          language: languageName(t, job.language),
          marketplace: humanised(job.marketplace),
        })}
        actions={
          <>
            {hasTrouble(job) && <RaisedAlert job={job} />}
            <JobButtons job={job} />
          </>
        }
      />
      {isRunning(job) && <Progress job={job} />}
      <Outcome job={job} />
      <ImportCounts job={job} />
      <ImportFacts job={job} />
      <MendHint job={job} />
      <ImportRows job={job} />
    </>
  );
}

function Outcome({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  if (!job.error_message) return null;
  const status = job.status === "cancelled" ? "cancelled" : "failed";
  return <WorkOutcome status={status} title={t(`imports.job.${status}Title`)} why={job.error_message} />;
}

function Progress({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const processed = formatNumber(job.processed_count);
  return (
    <div className={css.progress}>
      <Panel>
        <div className={css.progressBody}>
          <ImportProgress job={job} />
          <p className="num">
            {job.status === "pending"
              ? t("imports.job.waiting")
              : job.total_rows === null
                ? t("imports.job.progressOpen", { processed })
                : t("imports.job.progress", { processed, total: formatNumber(job.total_rows) })}
          </p>
        </div>
      </Panel>
    </div>
  );
}

/** The alert that the run raised, where the trouble is handled; if it cannot be told which, those of the store. */
function RaisedAlert({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const { data: alertId } = useQuery(raisedAlertQuery(job));
  const wanted = alertId ? `alert=${alertId}` : `type=integration&store=${job.store_id}`;
  return (
    <Button
      leftSection={<IconBellRinging size={16} />}
      renderRoot={(props) => <PathLink {...props} path={`/notifications?tab=alerts&${wanted}`} />}
    >
      {t("imports.job.viewAlert")}
    </Button>
  );
}

function MendHint({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const canRun = useCan("run-jobs");
  if (isRunning(job) || !canRun || !hasTrouble(job)) return null;
  return (
    <div className={css.mend}>
      <p>{t("imports.job.mend")}</p>
      <Button
        leftSection={<IconUpload size={16} />}
        renderRoot={(props) => <Link {...props} to="/imports" search={{ start: true, for_store: job.store_id }} />}
      >
        {t("imports.job.importAgain")}
      </Button>
    </div>
  );
}

function JobBones() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: 220, height: 24, marginBottom: 10 }} />
      <span className="bone" style={{ width: 300, height: 12, marginBottom: 26 }} />
      <span className="bone" style={{ height: 86, borderRadius: 12, marginBottom: 20 }} />
      <span className="bone" style={{ height: 320, borderRadius: 12 }} />
    </div>
  );
}
