import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { DeliveryStatus } from "@/api/types";
import { duration } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { deliveryStatsQuery } from "@/features/delivery/api";
import css from "@/features/delivery/deliveries/deliveries.module.css";
import type { DeliveryFilters } from "@/features/delivery/search";
import { Emphasised } from "@/ui/emphasised";
import { StatCell, StatStrip } from "@/ui/stat-cell";

interface Props {
  filters: DeliveryFilters;
  onFilter: (filters: DeliveryFilters) => void;
}

const waiting: DeliveryStatus[] = ["pending", "sending"];

/** Each cell filters the list, pressed again it shows all. */
export function DeliveryStats({ filters, onFilter }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const { data, isError } = useQuery(deliveryStatsQuery);
  const figure = (value: number | undefined) => (isError && !data ? null : value);
  const failed = t("delivery.deliveries.stat.failed");
  const cell = (wanted: DeliveryFilters) => {
    const isActive = isSame(filters, wanted);
    return { isActive, onSelect: () => onFilter(isActive ? {} : wanted) };
  };
  const troubled = data?.by_destination.filter(({ dead }) => dead > 0).length ?? 0;
  const circuits = data?.by_destination.filter(({ opened_at }) => opened_at !== null).length ?? 0;
  return (
    <div className={css.strip}>
      <StatStrip label={t("delivery.deliveries.stat.label")}>
        <StatCell
          label={t("delivery.deliveries.stat.pending")}
          value={figure(data && data.pending + data.sending)}
          sentence={
            !data ? (
              failed
            ) : data.oldest_pending_at ? (
              <Emphasised
                text={t("delivery.deliveries.stat.oldest", {
                  age: duration(now.getTime() - Date.parse(data.oldest_pending_at)),
                })}
              />
            ) : data.scheduled > 0 ? (
              <Emphasised text={t("delivery.deliveries.stat.scheduled", { count: data.scheduled })} />
            ) : (
              t("delivery.deliveries.stat.pendingNone")
            )
          }
          {...cell({ status: waiting })}
        />
        <StatCell
          label={t("delivery.deliveries.stat.held")}
          value={figure(data?.held)}
          sentence={data ? t("delivery.deliveries.stat.heldBody") : failed}
          {...cell({ status: ["held"] })}
        />
        <StatCell
          label={t("delivery.deliveries.stat.dead")}
          value={figure(data?.dead)}
          sentence={
            !data ? (
              failed
            ) : troubled > 0 ? (
              <Emphasised text={t("delivery.deliveries.stat.deadAt", { count: troubled })} />
            ) : (
              t("delivery.deliveries.stat.deadNone")
            )
          }
          {...cell({ status: ["dead"] })}
        />
        <StatCell
          label={t("delivery.deliveries.stat.sent")}
          value={figure(data?.sent_last_24h)}
          sentence={
            !data ? (
              failed
            ) : circuits > 0 ? (
              <Emphasised text={t("delivery.deliveries.stat.circuits", { count: circuits })} />
            ) : (
              t("delivery.deliveries.stat.circuitsNone")
            )
          }
          {...cell({ sentLately: true })}
        />
      </StatStrip>
    </div>
  );
}

function isSame(filters: DeliveryFilters, wanted: DeliveryFilters): boolean {
  const set = (of: DeliveryFilters) => Object.entries(of).filter(([, value]) => value !== undefined);
  return JSON.stringify(set(filters).sort()) === JSON.stringify(set(wanted).sort());
}
