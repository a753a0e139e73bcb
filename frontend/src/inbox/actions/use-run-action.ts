import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemText } from "@/api/problem-text";
import type { ActionRun, RunnableKind } from "@/api/types";
import { actionKeys, runAction } from "@/inbox/actions/api";
import { followToItsEnd } from "@/inbox/actions/follow";
import { showToast } from "@/ui/toasts";

/** Has an action of a notification run; whoever asked hears of its end. */
export function useRunAction(notificationId: number) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (kind: RunnableKind) => runAction(notificationId, kind),
    onSuccess: (run) => {
      queryClient.setQueryData<ActionRun[]>(actionKeys.of(notificationId), (before = []) => [
        run,
        ...before.filter(({ id }) => id !== run.id),
      ]);
      followToItsEnd(queryClient, run);
    },
    onError: (error) => showToast({ kind: "failed", message: t("actions.failed"), detail: problemText(error) }),
  });
}
