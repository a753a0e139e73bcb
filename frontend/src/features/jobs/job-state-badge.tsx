import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { type Standing, StatusBadge } from "@/ui/status-badge";

const standings: Record<Job["state"], Standing> = {
  queued: "waiting",
  running: "busy",
  done: "good",
  dead: "bad",
  cancelled: "ended",
};

export function JobStateBadge({ state }: { state: Job["state"] }) {
  const { t } = useTranslation();
  return <StatusBadge standing={standings[state]} label={t(`administration.jobs.state.${state}`)} />;
}
