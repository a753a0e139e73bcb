import {
  type Icon,
  IconAlertTriangleFilled,
  IconArrowsSplit2,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconCopy,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { OrderException, OrderExceptionType } from "@/api/types";
import css from "@/ui/status-badge.module.css";

const icons: Record<OrderExceptionType, Icon> = {
  product_not_found: IconAlertTriangleFilled,
  gtin_mismatch: IconArrowsSplit2,
  duplicate_gtin: IconCopy,
};

/** What is wrong while it waits, how it ended afterwards. */
export function ExceptionBadge({ exception }: { exception: Pick<OrderException, "status" | "exception_type"> }) {
  const { t } = useTranslation();
  const { status, exception_type: type } = exception;
  const [BadgeIcon, tone, words] =
    status === "pending"
      ? ([icons[type], "warning", t(`orders.exceptions.type.${type}`)] as const) // `as const`: a tuple
      : status === "resolved"
        ? ([IconCircleCheckFilled, "good", t("orders.exceptions.status.resolved")] as const)
        : ([IconCircleMinus, "quiet", t("orders.exceptions.status.ignored")] as const);
  return (
    <span className={css.badge} data-tone={tone}>
      <BadgeIcon size={14} aria-hidden />
      {words}
    </span>
  );
}
