import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { letzshopKeys } from "@/features/letzshop/api";
import { runKindName } from "@/letzshop-runs/wording";
import { announce } from "@/ui/announcer";
import { showToast } from "@/ui/toasts";

/** What a person starts for a store; sending is begun at an order. */
export type StartableKind = "sync" | "history";

const path = "/api/v1/admin/letzshop/stores/{store_id}";

/** Starts a run of a store, and says so. */
export function useStartRun(kind: StartableKind, store_id: number) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const options = { params: { path: { store_id } }, headers: idempotent() };
      return kind === "sync"
        ? answered(await client.POST(`${path}/sync`, options))
        : answered(await client.POST(`${path}/import-history`, options));
    },
    onSuccess: async (run) => {
      announce(t("letzshop.connection.started", { kind: runKindName(t, kind) }));
      queryClient.setQueryData(letzshopKeys.run(run.id), run);
      // Waited for: until it is known that the run is there, the button is not free again.
      await queryClient.invalidateQueries({ queryKey: letzshopKeys.runs });
    },
    onError: (error) =>
      showToast({
        kind: "failed",
        message: t("letzshop.connection.startFailed", { kind: runKindName(t, kind) }),
        detail: problemText(error),
      }),
  });
}
