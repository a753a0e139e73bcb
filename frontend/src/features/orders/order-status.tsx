import {
  type Icon,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconClock,
  IconPackage,
  IconReceiptRefund,
  IconTruckDelivery,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { OrderStatus } from "@/api/types";
import own from "@/features/orders/order-status.module.css";
import css from "@/ui/status-badge.module.css";

const looks: Record<OrderStatus, { icon: Icon; tone: string }> = {
  pending: { icon: IconClock, tone: "quiet" },
  processing: { icon: IconPackage, tone: "ongoing" },
  shipped: { icon: IconTruckDelivery, tone: "good" },
  delivered: { icon: IconCircleCheckFilled, tone: "good" },
  cancelled: { icon: IconCircleMinus, tone: "quiet" },
  refunded: { icon: IconReceiptRefund, tone: "quiet" },
};

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  const { icon: StatusIcon, tone } = looks[status];
  return (
    <span className={`${css.badge} ${own.status}`} data-tone={tone}>
      <StatusIcon size={14} aria-hidden />
      {t(`orders.status.${status}`)}
    </span>
  );
}

/** Only when something waits to be matched. */
export function UnmatchedBadge({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span className={css.badge} data-tone="warning">
      <IconAlertTriangleFilled size={14} aria-hidden />
      {t("orders.unmatched", { count })}
    </span>
  );
}
