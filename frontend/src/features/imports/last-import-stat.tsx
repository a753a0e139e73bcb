import "@/features/imports/texts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { relativeTime } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { isRunning, lastImportQuery } from "@/features/imports/api";
import { importKeys } from "@/features/imports/keys";
import css from "@/features/imports/last-import-stat.module.css";
import { ImportStatusBadge } from "@/features/imports/status-badge";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { StatCell } from "@/ui/stat-cell";

interface Props {
  storeId: number;
  isActive: boolean;
  onSelect: () => void;
}

/** How the last import of one store went. */
export function LastImportStat({ storeId, isActive, onSelect }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const queryClient = useQueryClient();
  const { data: job, isError } = useQuery(lastImportQuery(storeId));
  useHints((hints) => {
    if (saysChanged(hints, "import.progress")) void queryClient.invalidateQueries({ queryKey: importKeys.last });
  });
  const hasFailed = isError && job === undefined;
  const sentence = (last: ImportJob) => {
    const time = relativeTime(last.completed_at ?? last.created_at, now);
    if (isRunning(last)) return t("imports.last.running", { time });
    if (last.error_count === 0)
      return t(last.status === "completed" ? "imports.last.clean" : "imports.last.ended", { time });
    return t("imports.last.errors", { time, errors: t("imports.errors", { count: last.error_count }) });
  };
  return (
    <StatCell
      label={t("imports.last.label")}
      value={hasFailed ? null : job === undefined ? undefined : <LastState job={job} />}
      sentence={hasFailed ? t("alerts.stat.failed") : job ? sentence(job) : t("imports.last.noneBody")}
      isActive={isActive}
      onSelect={onSelect}
    />
  );
}

function LastState({ job }: { job: ImportJob | null }) {
  const { t } = useTranslation();
  return (
    <span className={css.state}>
      {job ? <ImportStatusBadge status={job.status} /> : <span className={css.none}>{t("imports.last.none")}</span>}
    </span>
  );
}
