import { Button } from "@mantine/core";
import { IconHistory, IconRefresh } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import type { LetzshopRun } from "@/api/types";
import { letzshopKeys } from "@/features/letzshop/api";
import { runKindName } from "@/features/letzshop/wording";
import { announce } from "@/ui/announcer";
import { showToast } from "@/ui/toasts";

const path = "/api/v1/admin/letzshop/stores/{store_id}";
const icons = { sync: IconRefresh, history: IconHistory };

interface Props {
  kind: "sync" | "history";
  storeId: number;
  /** The run of this kind that waits or runs: no second one can be started. */
  present: LetzshopRun | undefined;
  /** The id of the line that says so. */
  describedBy: string;
}

export function StartRun({ kind, storeId, present, describedBy }: Props) {
  const { t } = useTranslation();
  const start = useStart(kind, storeId);
  const { [kind]: KindIcon } = icons;
  const isBlocked = present !== undefined;
  return (
    <Button
      leftSection={<KindIcon size={16} />}
      loading={start.isPending}
      // Not `disabled`, which would take the focus from whoever has just pressed it.
      {...(isBlocked ? { "data-disabled": true } : {})}
      aria-disabled={isBlocked}
      aria-describedby={isBlocked ? describedBy : undefined}
      onClick={() => !isBlocked && start.mutate()}
    >
      {t(`letzshop.connection.${kind}`)}
    </Button>
  );
}

function useStart(kind: Props["kind"], store_id: number) {
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
