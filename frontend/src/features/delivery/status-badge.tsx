import { useTranslation } from "react-i18next";
import type { DeliveryStatus } from "@/api/types";
import { type Standing, StatusBadge } from "@/ui/status-badge";

const standings: Record<DeliveryStatus, Standing> = {
  pending: "waiting",
  sending: "busy",
  sent: "good",
  held: "warning",
  folded: "ended",
  dropped: "ended",
  dead: "bad",
};

export function DeliveryStatusBadge({ status }: { status: DeliveryStatus }) {
  const { t } = useTranslation();
  return <StatusBadge standing={standings[status]} label={t(`delivery.deliveries.status.${status}`)} />;
}
