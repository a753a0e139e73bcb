import { Button } from "@mantine/core";
import { IconPlayerStop, IconRotate } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { ImportJob } from "@/api/types";
import { importKeys, isRunning } from "@/features/imports/api";
import { useCan } from "@/session/current-user";
import { showToast } from "@/ui/toasts";

const ConfirmDialog = lazy(() => import("@/ui/confirm-dialog"));
const path = "/api/v1/admin/imports/{import_id}";

export function JobButtons({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const act = useJobAction(job.id);
  if (!useCan("run-jobs")) return null;

  if (!isRunning(job)) {
    if (!job.can_retry) return null;
    return (
      <Button leftSection={<IconRotate size={16} />} loading={act.isPending} onClick={() => act.mutate("retry")}>
        {t("imports.job.retry")}
      </Button>
    );
  }
  return (
    <>
      <Button
        leftSection={<IconPlayerStop size={16} />}
        disabled={job.cancel_requested}
        onClick={() => setIsAsking(true)}
      >
        {t("imports.job.cancel")}
      </Button>
      {isAsking && (
        <Suspense>
          <ConfirmDialog
            title={t("imports.job.cancelTitle")}
            body={t("imports.job.cancelBody")}
            confirmLabel={t("imports.job.cancel")}
            cancelLabel={t("imports.job.keepRunning")}
            isDangerous
            isBusy={act.isPending}
            onClose={() => setIsAsking(false)}
            onConfirm={() => act.mutate("cancel", { onSettled: () => setIsAsking(false) })}
          />
        </Suspense>
      )}
    </>
  );
}

function useJobAction(import_id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (action: "retry" | "cancel") => {
      const params = { path: { import_id } };
      return action === "retry"
        ? answered(await client.POST(`${path}/retry`, { params, headers: idempotent() }))
        : answered(await client.POST(`${path}/cancel`, { params }));
    },
    onSuccess: (job) => queryClient.setQueryData(importKeys.job(import_id), job),
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: importKeys.all }),
  });
}
