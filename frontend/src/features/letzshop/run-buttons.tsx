import { useTranslation } from "react-i18next";
import type { LetzshopRun } from "@/api/types";
import { cancelRun, retryRun, runKeys } from "@/letzshop-runs/api";
import { canRunAgain, isUnfinished } from "@/letzshop-runs/run-state";
import { WorkButtons } from "@/ui/work-buttons";

export function RunButtons({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  return (
    <WorkButtons
      isUnderWay={isUnfinished(run)}
      isStopping={run.cancel_requested}
      canRetry={canRunAgain(run)}
      words={{
        retry: t("letzshop.run.retry"),
        cancel: t("letzshop.run.cancel"),
        cancelTitle: t("letzshop.run.cancelTitle"),
        cancelBody: t("letzshop.run.cancelBody"),
        keepRunning: t("letzshop.run.keepRunning"),
      }}
      retry={() => retryRun(run.id)}
      cancel={() => cancelRun(run.id)}
      workKey={runKeys.run(run.id)}
      allKey={runKeys.all}
    />
  );
}
