import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { deliveryKeys } from "@/features/delivery/api";
import type { replayable } from "@/features/delivery/deliveries/replayable";
import ConfirmDialog from "@/ui/confirm-dialog";
import { showToast } from "@/ui/toasts";

interface Props {
  which: NonNullable<ReturnType<typeof replayable>>;
  n: string;
  onClose: () => void;
}

/** Asks first, and says how many go again and how many were skipped. */
export default function ReplayDead({ which, n, onClose }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: async () =>
      answered(
        await client.POST("/api/v1/admin/delivery/deliveries/replay-dead", { body: which, headers: idempotent() }),
      ),
    onSuccess: ({ replayed_count: done, skipped_count: skipped }) =>
      showToast({
        kind: done > 0 || skipped === 0 ? "done" : "failed",
        message: done > 0 ? t("delivery.deliveries.replayDone", { count: done }) : t("delivery.deliveries.replayNone"),
        detail: skipped > 0 ? t("delivery.deliveries.skipped", { count: skipped }) : undefined,
      }),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    onSettled: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: deliveryKeys.all });
    },
  });
  return (
    <ConfirmDialog
      title={t("delivery.deliveries.replayTitle", { n })}
      body={t("delivery.deliveries.replayBody")}
      confirmLabel={t("delivery.deliveries.replayAll", { n })}
      isBusy={replay.isPending}
      onClose={onClose}
      onConfirm={() => replay.mutate()}
    />
  );
}
