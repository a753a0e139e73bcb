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
import type { ImportStatus } from "@/api/types";
import { importStatuses } from "@/features/imports/search";
import { importStatusName } from "@/features/imports/wording";
import css from "@/ui/status-badge.module.css";

const looks: Record<ImportStatus, { icon: Icon; tone: string }> = {
  pending: { icon: IconClock, tone: "quiet" },
  processing: { icon: IconLoader2, tone: "busy" },
  completed: { icon: IconCircleCheckFilled, tone: "good" },
  completed_with_errors: { icon: IconAlertTriangleFilled, tone: "warning" },
  failed: { icon: IconAlertOctagonFilled, tone: "bad" },
  cancelled: { icon: IconCircleMinus, tone: "quiet" },
};

export function ImportStatusBadge({ status }: { status: string }) {
  const { t } = useTranslation();
  const { icon: StatusIcon, tone } = looks[importStatuses.find((known) => known === status) ?? "pending"];
  return (
    <span className={css.badge} data-tone={tone}>
      <StatusIcon size={14} aria-hidden />
      {importStatusName(t, status)}
    </span>
  );
}
