import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { duration } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { alertKeys, openAlertsOfStoreQuery } from "@/features/alerts/api";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { Emphasised } from "@/ui/emphasised";
import { countedPart, StatCell } from "@/ui/stat-cell";

interface Props {
  storeId: number;
  isActive: boolean;
  onSelect: () => void;
}

/** How many alerts are open for one store. */
export function StoreAlertStat({ storeId, isActive, onSelect }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const queryClient = useQueryClient();
  const { data, isError } = useQuery(openAlertsOfStoreQuery(storeId));
  useHints((hints) => {
    if (saysChanged(hints, "alert.changed")) void queryClient.invalidateQueries({ queryKey: alertKeys.stats });
  });
  const hasFailed = isError && !data;
  const oldest = Math.min(...(data?.items.map(({ first_occurred_at }) => Date.parse(first_occurred_at)) ?? []));
  return (
    <StatCell
      label={t("alerts.stat.ofStore")}
      value={hasFailed ? null : data && countedPart(data)}
      sentence={
        hasFailed ? (
          t("alerts.stat.failed")
        ) : Number.isFinite(oldest) ? (
          <Emphasised text={t("alerts.stat.ofStoreOldest", { age: duration(now.getTime() - oldest) })} />
        ) : (
          t("alerts.stat.ofStoreNone")
        )
      }
      isActive={isActive}
      onSelect={onSelect}
    />
  );
}
