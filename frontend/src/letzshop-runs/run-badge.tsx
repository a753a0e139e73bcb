import { useTranslation } from "react-i18next";
import type { LetzshopRunStatus } from "@/api/types";
import { runStatuses } from "@/letzshop-runs/run-state";
import { runStatusName } from "@/letzshop-runs/wording";
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

export function RunBadge({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = runStatuses.find((each) => each === status) ?? "pending";
  return <StatusBadge standing={standings[known]} label={runStatusName(t, status)} />;
}
