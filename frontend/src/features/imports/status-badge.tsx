import { useTranslation } from "react-i18next";
import type { ImportStatus } from "@/api/types";
import { importStatuses } from "@/features/imports/search";
import { importStatusName } from "@/features/imports/wording";
import { type Standing, StatusBadge } from "@/ui/status-badge";

const standings: Record<ImportStatus, Standing> = {
  pending: "waiting",
  processing: "busy",
  completed: "good",
  completed_with_errors: "warning",
  failed: "bad",
  cancelled: "ended",
};

export function ImportStatusBadge({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = importStatuses.find((each) => each === status) ?? "pending";
  return <StatusBadge standing={standings[known]} label={importStatusName(t, status)} />;
}
