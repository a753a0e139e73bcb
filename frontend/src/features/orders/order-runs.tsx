import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { LetzshopRun } from "@/api/types";
import { isUnderWay, orderKeys, orderRunsQuery, retryRun } from "@/features/orders/api";
import css from "@/features/orders/order.module.css";
import { RunBadge } from "@/features/orders/run-badge";
import { confirmWords } from "@/features/orders/wording";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { useCan } from "@/session/current-user";
import { ErrorState } from "@/ui/page-state";
import { Time } from "@/ui/time";
import { showToast } from "@/ui/toasts";

/** What was sent to Letzshop about an order, how it went, and what can be sent again. */
export function OrderRuns({ orderId }: { orderId: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(orderRunsQuery(orderId));
  useHints((hints) => {
    if (saysChanged(hints, "letzshop.run")) void queryClient.invalidateQueries({ queryKey: orderKeys.runs(orderId) });
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
            <RunLine key={run.id} run={run} orderId={orderId} />
          ))}
        </ul>
      )}
    </>
  );
}

function RunLine({ run, orderId }: { run: LetzshopRun; orderId: number }) {
  const { t } = useTranslation();
  const canRetry = useCan("run-jobs") && !isUnderWay(run) && run.status !== "completed";
  const what = whatOf(t, run);
  return (
    <li className={css.run}>
      <RunBadge status={run.status} />
      <div className={css.runWords}>
        <p>
          <b>{what}</b> {run.started_by && t("orders.runs.by", { name: run.started_by.name })}
        </p>
        {run.error_message && <p className={css.runError}>{run.error_message}</p>}
      </div>
      {canRetry && <Retry runId={run.id} orderId={orderId} label={`${t("orders.runs.retry")}: ${what}`} />}
      <span className={css.runTime}>
        <Time iso={run.created_at} as="ago" />
      </span>
    </li>
  );
}

function Retry({ runId, orderId, label }: { runId: number; orderId: number; label: string }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryRun(runId),
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: orderKeys.runs(orderId) }),
  });
  return (
    <Button size="compact-sm" aria-label={label} loading={retry.isPending} onClick={() => retry.mutate()}>
      {t("orders.runs.retry")}
    </Button>
  );
}

/** What the run was asked to send. */
function whatOf(t: TFunction, { id, request }: LetzshopRun): string {
  if (request?.["action"] === "tracking") {
    return t("orders.runs.tracking", { provider: String(request["provider"]), number: String(request["number"]) });
  }
  if (request?.["action"] !== "confirm") return t("orders.runs.other", { id });
  const counts = { n: lengthOf(request["available"]), m: lengthOf(request["unavailable"]) };
  return confirmWords(t, counts);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function RunBones() {
  const { t } = useTranslation();
  return (
    <div className={css.nothing} role="status" aria-label={t("state.loading")}>
      <span className="bone" style={{ width: 260, height: 12 }} />
    </div>
  );
}
