import { Button } from "@mantine/core";
import { IconHistory, IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type StartableKind, useStartRun } from "@/features/letzshop/use-start-run";

const icons = { sync: IconRefresh, history: IconHistory };

interface Props {
  kind: StartableKind;
  storeId: number;
  /** The id of the line that says why none can be started now; undefined: one can. */
  blockedBy: string | undefined;
}

export function StartRun({ kind, storeId, blockedBy }: Props) {
  const { t } = useTranslation();
  const start = useStartRun(kind, storeId);
  const { [kind]: KindIcon } = icons;
  const isBlocked = blockedBy !== undefined;
  return (
    <Button
      leftSection={<KindIcon size={16} />}
      loading={start.isPending}
      // Not `disabled`, which would take the focus from whoever has just pressed it.
      {...(isBlocked ? { "data-disabled": true } : {})}
      aria-disabled={isBlocked}
      aria-describedby={blockedBy}
      onClick={() => !isBlocked && start.mutate()}
    >
      {t(`letzshop.connection.${kind}`)}
    </Button>
  );
}
