import { Button } from "@mantine/core";
import { IconPlayerStop, IconRotate } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { LetzshopRun } from "@/api/types";
import { isUnfinished, letzshopKeys } from "@/features/letzshop/api";
import { useCan } from "@/session/current-user";
import { showToast } from "@/ui/toasts";

const ConfirmDialog = lazy(() => import("@/ui/confirm-dialog"));
const path = "/api/v1/admin/letzshop/runs/{run_id}";

export function RunButtons({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const act = useRunAction(run.id);
  if (!useCan("run-jobs")) return null;

  if (!isUnfinished(run)) {
    if (run.status === "completed") return null;
    return (
      <Button leftSection={<IconRotate size={16} />} loading={act.isPending} onClick={() => act.mutate("retry")}>
        {t("letzshop.run.retry")}
      </Button>
    );
  }
  return (
    <>
      <Button
        leftSection={<IconPlayerStop size={16} />}
        disabled={run.cancel_requested}
        onClick={() => setIsAsking(true)}
      >
        {t("letzshop.run.cancel")}
      </Button>
      {isAsking && (
        <Suspense>
          <ConfirmDialog
            title={t("letzshop.run.cancelTitle")}
            body={t("letzshop.run.cancelBody")}
            confirmLabel={t("letzshop.run.cancel")}
            cancelLabel={t("letzshop.run.keepRunning")}
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

function useRunAction(run_id: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (action: "retry" | "cancel") => {
      const params = { path: { run_id } };
      return action === "retry"
        ? answered(await client.POST(`${path}/retry`, { params, headers: idempotent() }))
        : answered(await client.POST(`${path}/cancel`, { params }));
    },
    onSuccess: (run) => queryClient.setQueryData(letzshopKeys.run(run_id), run),
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: letzshopKeys.all }),
  });
}
