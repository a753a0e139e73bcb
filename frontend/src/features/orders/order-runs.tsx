import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { LetzshopRun } from "@/api/types";
import css from "@/features/orders/order.module.css";
import { retryRun, runKeys, runsOfOrderQuery } from "@/letzshop-runs/api";
import { RunBadge } from "@/letzshop-runs/run-badge";
import { canRunAgain } from "@/letzshop-runs/run-state";
import { askedFor, runTitle } from "@/letzshop-runs/wording";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { useCan } from "@/session/current-user";
import { ErrorState } from "@/ui/page-state";
import { Time } from "@/ui/time";
import { showToast } from "@/ui/toasts";

interface Props {
  orderId: number;
  /** The run that was just asked for here: its line gets the focus. */
  newId: number | undefined;
}

/** What was sent to Letzshop about an order, how it went, and what can be sent again. */
export function OrderRuns({ orderId, newId }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(runsOfOrderQuery(orderId));
  useHints((hints) => {
    if (saysChanged(hints, "letzshop.run")) void queryClient.invalidateQueries({ queryKey: runKeys.ofOrder(orderId) });
  });
  const failure = query.data ? null : failureOf(query);
  return (
    <>
      <h2 className={css.panelTitle}>{t("orders.runs.title")}</h2>
      {failure ? <ErrorState error={failure} onRetry={() => void query.refetch()} /> : null}
      {query.isPending && !failure && <RunBones />}
      {query.data?.length === 0 && <p className={css.nothing}>{t("orders.runs.empty")}</p>}
      {query.data && query.data.length > 0 && (
        <ul className={css.runs}>
          {query.data.map((run) => (
            <RunLine key={run.id} run={run} isNew={run.id === newId} />
          ))}
        </ul>
      )}
    </>
  );
}

function RunLine({ run, isNew }: { run: LetzshopRun; isNew: boolean }) {
  const { t } = useTranslation();
  const link = useRef<HTMLAnchorElement>(null);
  // The button that asked for it goes once its units are confirmed, and would take the focus along.
  useEffect(() => {
    if (isNew) link.current?.focus();
  }, [isNew]);
  const canRetry = useCan("run-jobs") && canRunAgain(run);
  const what = askedFor(t, run) ?? runTitle(t, run);
  return (
    <li className={css.run}>
      <RunBadge status={run.status} />
      <div className={css.runWords}>
        <p>
          <Link ref={link} to="/letzshop/runs/$id" params={{ id: run.id }}>
            {what}
          </Link>{" "}
          {run.started_by && t("orders.runs.by", { name: run.started_by.name })}
        </p>
        {run.error_message && <p className={css.runError}>{run.error_message}</p>}
      </div>
      {canRetry && <Retry runId={run.id} label={`${t("orders.runs.retry")}: ${what}`} />}
      <span className={css.runTime}>
        <Time iso={run.created_at} as="ago" />
      </span>
    </li>
  );
}

function Retry({ runId, label }: { runId: number; label: string }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryRun(runId),
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: runKeys.all }),
  });
  return (
    <Button size="compact-sm" aria-label={label} loading={retry.isPending} onClick={() => retry.mutate()}>
      {t("orders.runs.retry")}
    </Button>
  );
}

function RunBones() {
  const { t } = useTranslation();
  return (
    <div className={css.nothing} role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: 260, height: 12 }} />
    </div>
  );
}
