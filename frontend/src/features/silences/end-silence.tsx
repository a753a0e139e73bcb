import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { Silence } from "@/api/types";
import { endSilence, silenceKeys } from "@/features/silences/api";
import ConfirmDialog from "@/ui/confirm-dialog";
import { showToast } from "@/ui/toasts";

/** Asks first: from then on everybody is told again. */
export default function EndSilence({ silence, onClose }: { silence: Silence; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const isPlanned = silence.state === "scheduled";
  const { mutate, isPending } = useMutation({
    mutationFn: () => endSilence(silence.id),
    onSuccess: () => showToast({ kind: "done", message: t("silences.ended") }),
    onError: (error) => showToast({ kind: "failed", message: t("form.failed"), detail: problemText(error) }),
    // Also after a refusal: somebody else may have ended it.
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: silenceKeys.lists });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={isPlanned ? t("silences.cancelTitle") : t("silences.endTitle")}
      body={isPlanned ? t("silences.cancelBody") : t("silences.endBody")}
      confirmLabel={isPlanned ? t("silences.cancel") : t("silences.end")}
      isBusy={isPending}
      onClose={onClose}
      onConfirm={() => mutate()}
    />
  );
}
