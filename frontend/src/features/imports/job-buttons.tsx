import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import type { ImportJob } from "@/api/types";
import { isRunning } from "@/features/imports/api";
import { importKeys } from "@/features/imports/keys";
import { WorkButtons } from "@/ui/work-buttons";

const path = "/api/v1/admin/imports/{import_id}";

export function JobButtons({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const params = { path: { import_id: job.id } };
  return (
    <WorkButtons
      isUnderWay={isRunning(job)}
      isStopping={job.cancel_requested}
      canRetry={job.can_retry}
      words={{
        retry: t("imports.job.retry"),
        cancel: t("imports.job.cancel"),
        cancelTitle: t("imports.job.cancelTitle"),
        cancelBody: t("imports.job.cancelBody"),
        keepRunning: t("imports.job.keepRunning"),
      }}
      retry={async () => answered(await client.POST(`${path}/retry`, { params, headers: idempotent() }))}
      cancel={async () => answered(await client.POST(`${path}/cancel`, { params }))}
      workKey={importKeys.job(job.id)}
      allKey={importKeys.all}
    />
  );
}
