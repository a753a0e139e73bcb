import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/display/numbers";
import { unreadOfStoreQuery } from "@/features/notifications/api";
import { Emphasised } from "@/ui/emphasised";
import { countedPart, StatCell } from "@/ui/stat-cell";

interface Props {
  storeId: number;
  isActive: boolean;
  onSelect: () => void;
}

/** How many notifications of one store nobody has read. */
export function StoreUnreadStat({ storeId, isActive, onSelect }: Props) {
  const { t } = useTranslation();
  // Asked anew with the bell's own counts: the bell listens for all pages.
  const { data, isError } = useQuery(unreadOfStoreQuery(storeId));
  const hasFailed = isError && !data;
  const of = (wanted: string) => data?.items.filter(({ priority }) => priority === wanted).length ?? 0;
  return (
    <StatCell
      label={t("notifications.stat.unread")}
      value={hasFailed ? null : data && countedPart(data)}
      sentence={
        hasFailed ? (
          t("alerts.stat.failed")
        ) : data?.items.length === 0 ? (
          t("notifications.stat.unreadNone")
        ) : (
          <Emphasised
            text={t("notifications.stat.unreadParts", {
              critical: formatNumber(of("critical")),
              high: formatNumber(of("high")),
            })}
          />
        )
      }
      isActive={isActive}
      onSelect={onSelect}
    />
  );
}
