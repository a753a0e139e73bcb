import {
  type Icon,
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconClock,
  IconLoader2,
} from "@tabler/icons-react";
import css from "@/ui/status-badge.module.css";

/** How work stands, whatever its kind calls that. */
export type Standing = "waiting" | "busy" | "good" | "warning" | "bad" | "ended";

const looks: Record<Standing, { icon: Icon; tone: string }> = {
  waiting: { icon: IconClock, tone: "quiet" },
  busy: { icon: IconLoader2, tone: "busy" },
  good: { icon: IconCircleCheckFilled, tone: "good" },
  warning: { icon: IconAlertTriangleFilled, tone: "warning" },
  bad: { icon: IconAlertOctagonFilled, tone: "bad" },
  ended: { icon: IconCircleMinus, tone: "quiet" },
};

export function StatusBadge({ standing, label }: { standing: Standing; label: string }) {
  const { icon: StatusIcon, tone } = looks[standing];
  return (
    <span className={css.badge} data-tone={tone}>
      <StatusIcon size={14} aria-hidden />
      {label}
    </span>
  );
}
