import "@/features/letzshop/texts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import type { LetzshopRun } from "@/api/types";
import { letzshopKeys, runQuery } from "@/features/letzshop/api";
import { RunButtons } from "@/features/letzshop/run-buttons";
import { RunCounts } from "@/features/letzshop/run-counts";
import { RunErrors } from "@/features/letzshop/run-errors";
import { RunFacts } from "@/features/letzshop/run-facts";
import { RunProgress } from "@/features/letzshop/run-progress";
import { bringsOrders } from "@/features/letzshop/wording";
import { RunBadge } from "@/letzshop-runs/run-badge";
import { isUnfinished } from "@/letzshop-runs/run-state";
import { runTitle } from "@/letzshop-runs/wording";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { PageHeader } from "@/ui/page";
import { ErrorState } from "@/ui/page-state";
import { usePageTitle } from "@/ui/use-page-title";
import { WorkOutcome } from "@/ui/work-outcome";

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
        beside={<RunBadge status={run.status} />}
        intro={run.store_name}
        actions={run.kind !== "export" && <RunButtons run={run} />}
      />
      {isUnderWay && <RunProgress run={run} />}
      {!isUnderWay && <Outcome run={run} />}
      {bringsOrders(run) && <RunCounts run={run} />}
      <RunFacts run={run} />
      {bringsOrders(run) && <RunErrors run={run} />}
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
    <WorkOutcome
      status={status}
      title={t(`letzshop.run.${status}Title`)}
      why={error_message ?? (status === "cancelled" && t("letzshop.run.cancelledBody"))}
      goesOn={goesOn ? t("letzshop.run.goesOn") : undefined}
    />
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
