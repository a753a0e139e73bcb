import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { LetzshopRun } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/features/letzshop/run-progress.module.css";
import { bringsOrders, phaseName, phases } from "@/features/letzshop/wording";
import { Panel } from "@/ui/page";

/** How far a run is. Letzshop does not say how many pages there will be, so that the bar moves without an end. */
export function RunProgress({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const isWaiting = run.status === "pending";
  return (
    <div className={css.progress}>
      <Panel label={t("letzshop.run.progress")}>
        <div className={css.body}>
          {bringsOrders(run) && <Phases run={run} />}
          {!isWaiting && (
            <div className={css.track} role="progressbar" aria-label={t("letzshop.run.progress")}>
              <div className={css.bar} />
            </div>
          )}
          <p className="num">{useSentence(run)}</p>
        </div>
      </Panel>
    </div>
  );
}

function useSentence(run: LetzshopRun): string {
  const { t } = useTranslation();
  if (run.cancel_requested) return t("letzshop.run.stopping");
  if (run.status === "pending") return t("letzshop.run.waiting");
  if (run.kind === "fulfilment") return t("letzshop.run.sending");
  if (run.kind === "export") return t("letzshop.run.exporting");
  if (run.shipments_fetched === 0 && run.page === 0) return t("letzshop.run.asking");
  return t("letzshop.run.soFar", {
    fetched: formatNumber(run.shipments_fetched),
    processed: formatNumber(run.orders_processed),
  });
}

type Step = "done" | "now" | "next";

function Phases({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  // A sync begins with what waits for the shop, a historical import with the rest.
  const inOrder: readonly string[] = run.kind === "sync" ? [...phases].reverse() : phases;
  const at = inOrder.indexOf(run.phase ?? "");
  const where = (step: Step) => {
    if (step === "done") return t("letzshop.run.phaseDone");
    if (step === "next") return t("letzshop.run.phaseNext");
    return run.page > 0
      ? t("letzshop.run.phaseNow", { page: formatNumber(run.page) })
      : t("letzshop.run.phaseStarting");
  };
  return (
    <ol className={css.phases} aria-label={t("letzshop.run.phases")}>
      {inOrder.map((phase, place) => {
        const step: Step = place < at ? "done" : place === at ? "now" : "next";
        return (
          <li key={phase} className={css.phase} data-step={step} aria-current={step === "now" ? "step" : undefined}>
            <span className={css.mark} aria-hidden>
              {step === "done" ? <IconCheck size={14} stroke={2.4} /> : place + 1}
            </span>
            <b>{phaseName(t, phase)}</b> <span className={css.where}>{where(step)}</span>
          </li>
        );
      })}
    </ol>
  );
}
