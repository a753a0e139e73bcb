import {
  IconAlertOctagonFilled,
  IconCircleCheckFilled,
  IconCircleMinus,
  IconClock,
  IconLoader2,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import css from "@/ui/status-badge.module.css";

const looks = {
  queued: { icon: IconClock, tone: "quiet" },
  running: { icon: IconLoader2, tone: "busy" },
  done: { icon: IconCircleCheckFilled, tone: "good" },
  dead: { icon: IconAlertOctagonFilled, tone: "bad" },
  cancelled: { icon: IconCircleMinus, tone: "quiet" },
} as const;

export function JobStateBadge({ state }: { state: Job["state"] }) {
  const { t } = useTranslation();
  const { icon: StateIcon, tone } = looks[state];
  return (
    <span className={css.badge} data-tone={tone}>
      <StateIcon size={14} aria-hidden />
      {t(`administration.jobs.state.${state}`)}
    </span>
  );
}
