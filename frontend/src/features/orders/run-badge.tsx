import { useTranslation } from "react-i18next";
import type { LetzshopRunStatus } from "@/api/types";
import { type Standing, StatusBadge } from "@/ui/status-badge";

const standings: Record<LetzshopRunStatus, Standing> = {
  pending: "waiting",
  fetching: "busy",
  processing: "busy",
  completed: "good",
  partial: "warning",
  failed: "bad",
  cancelled: "ended",
};

export function RunBadge({ status }: { status: LetzshopRunStatus }) {
  const { t } = useTranslation();
  return <StatusBadge standing={standings[status]} label={t(`orders.runs.status.${status}`)} />;
}
