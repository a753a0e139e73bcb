import "@/features/letzshop/texts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import type { LetzshopRun } from "@/api/types";
import { isUnfinished, letzshopKeys, runQuery } from "@/features/letzshop/api";
import { RunButtons } from "@/features/letzshop/run-buttons";
import { RunCounts } from "@/features/letzshop/run-counts";
import { RunErrors } from "@/features/letzshop/run-errors";
import { RunFacts } from "@/features/letzshop/run-facts";
import { RunProgress } from "@/features/letzshop/run-progress";
import { RunStatusBadge } from "@/features/letzshop/run-status-badge";
import css from "@/features/letzshop/run-view.module.css";
import { runTitle } from "@/features/letzshop/wording";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { PageHeader } from "@/ui/page";
import { ErrorState } from "@/ui/page-state";
import { usePageTitle } from "@/ui/use-page-title";

/** One run, moving on while it goes. */
export function RunView({ id }: { id: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(runQuery(id));
  usePageTitle(query.data ? runTitle(t, query.data) : t("letzshop.run.page"));
  useHints((hints) => {
    const isOurs = hints.some((hint) => hint.id === id || hint.id === null);
    if (isOurs && saysChanged(hints, "letzshop.run")) {
      void queryClient.invalidateQueries({ queryKey: letzshopKeys.run(id) });
    }
  });
  const failure = failureOf(query);
  if (query.data) return <Run run={query.data} />;
  if (failure) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  return <RunBones />;
}

function Run({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const isUnderWay = isUnfinished(run);
  return (
    <>
      <PageHeader
        title={runTitle(t, run)}
        beside={<RunStatusBadge status={run.status} />}
        intro={run.store_name}
        actions={<RunButtons run={run} />}
      />
      {isUnderWay && <RunProgress run={run} />}
      {!isUnderWay && <Outcome run={run} />}
      {run.kind !== "fulfilment" && <RunCounts run={run} />}
      <RunFacts run={run} />
      {run.kind !== "fulfilment" && <RunErrors run={run} />}
    </>
  );
}

/** What did not go well, and how it can go on. */
function Outcome({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const { status, error_message } = run;
  if (status !== "failed" && status !== "partial" && status !== "cancelled") return null;
  const goesOn = status !== "partial" && run.page > 0;
  return (
    <div className={css.message} data-status={status} role="alert">
      <b>{t(`letzshop.run.${status}Title`)}</b>
      <p>{error_message ?? (status === "cancelled" && t("letzshop.run.cancelledBody"))}</p>
      {goesOn && <p className={css.goesOn}>{t("letzshop.run.goesOn")}</p>}
    </div>
  );
}

function RunBones() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: 240, maxWidth: "70%", height: 24, marginBottom: 10 }} />
      <span className="bone" style={{ width: 160, height: 12, marginBottom: 26 }} />
      <span className="bone" style={{ height: 86, borderRadius: 12, marginBottom: 20 }} />
      <span className="bone" style={{ height: 240, borderRadius: 12 }} />
    </div>
  );
}
