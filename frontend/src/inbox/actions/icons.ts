import { type Icon, IconBarcode, IconPlugConnected, IconRefresh, IconRotate } from "@tabler/icons-react";
import type { ActionKind } from "@/api/types";

export const actionIcons: Record<ActionKind, Icon> = {
  retry_import: IconRotate,
  retry_run: IconRotate,
  sync_now: IconRefresh,
  test_credentials: IconPlugConnected,
  open_exceptions: IconBarcode,
};
