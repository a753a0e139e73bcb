import {
  type Icon,
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconClock,
  IconLoader2,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { LetzshopRunStatus } from "@/api/types";
import css from "@/ui/status-badge.module.css";

const looks: Record<LetzshopRunStatus, { icon: Icon; tone: string }> = {
  pending: { icon: IconClock, tone: "quiet" },
  fetching: { icon: IconLoader2, tone: "busy" },
  processing: { icon: IconLoader2, tone: "busy" },
  completed: { icon: IconCircleCheckFilled, tone: "good" },
  partial: { icon: IconAlertTriangleFilled, tone: "warning" },
  failed: { icon: IconAlertOctagonFilled, tone: "bad" },
  cancelled: { icon: IconCircleMinus, tone: "quiet" },
};

export function RunBadge({ status }: { status: LetzshopRunStatus }) {
  const { t } = useTranslation();
  const { icon: StatusIcon, tone } = looks[status];
  return (
    <span className={css.badge} data-tone={tone}>
      <StatusIcon size={14} aria-hidden />
      {t(`orders.runs.status.${status}`)}
    </span>
  );
}
