import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { duration } from "@/display/dates";
import { useNow } from "@/display/use-now";
import { alertKeys, alertStatsQuery } from "@/features/alerts/api";
import { openPerDay } from "@/features/alerts/trend";
import type { InboxSearch } from "@/inbox/search";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { Emphasised } from "@/ui/emphasised";
import { Sparkline } from "@/ui/sparkline";
import { StatCell } from "@/ui/stat-cell";

const route = getRouteApi("/app/notifications");

/** The three cells about alerts; each filters the list, pressed again it shows all alerts. */
export function AlertStats() {
  const { t } = useTranslation();
  const now = useNow();
  const queryClient = useQueryClient();
  const { data, isError } = useQuery(alertStatsQuery);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  useHints((hints) => {
    if (saysChanged(hints, "alert.changed")) void queryClient.invalidateQueries({ queryKey: alertKeys.stats });
  });

  const isCriticalOnly = search.severity?.length === 1 && search.severity[0] === "critical";
  const isOn = (status: InboxSearch["status"]) => search.tab === "alerts" && search.status === status;
  const show = (isActive: boolean, filters: InboxSearch) => () =>
    void navigate({
      search: ({ alert }) => ({ tab: "alerts", alert, ...(isActive ? {} : filters) }),
      resetScroll: false,
    });
  const figure = (value: number | undefined) => (isError && !data ? null : value);
  const failed = t("alerts.stat.failed");
  const days = { count: data?.daily.length ?? 0 };

  const isActiveOn = isOn("active") && !isCriticalOnly;
  const isCriticalOn = isOn("active") && isCriticalOnly;
  return (
    <>
      <StatCell
        label={t("alerts.stat.active")}
        value={figure(data?.active)}
        sentence={
          !data ? (
            failed
          ) : data.opened_last_hour > 0 ? (
            <Emphasised text={t("alerts.stat.activeNew", { count: data.opened_last_hour })} />
          ) : (
            t("alerts.stat.activeNone")
          )
        }
        figure={data && <Sparkline tone="high" values={openPerDay(data)} label={t("alerts.stat.trendActive", days)} />}
        isActive={isActiveOn}
        onSelect={show(isActiveOn, { status: "active" })}
      />
      <StatCell
        label={t("alerts.stat.critical")}
        value={figure(data?.critical)}
        sentence={
          !data ? (
            failed
          ) : data.critical === 0 || !data.oldest_open_at ? (
            t("alerts.stat.criticalNone")
          ) : (
            <Emphasised
              text={t("alerts.stat.criticalOldest", { age: duration(now.getTime() - Date.parse(data.oldest_open_at)) })}
            />
          )
        }
        figure={
          data && (
            <Sparkline
              tone="critical"
              values={data.daily.map(({ opened }) => opened)}
              label={t("alerts.stat.trendOpened", days)}
            />
          )
        }
        isActive={isCriticalOn}
        onSelect={show(isCriticalOn, { status: "active", severity: ["critical"] })}
      />
      <StatCell
        label={t("alerts.stat.resolvedToday")}
        value={figure(data?.resolved_today)}
        sentence={
          !data ? (
            failed
          ) : data.median_minutes_to_resolve === null ? (
            t("alerts.stat.medianNone")
          ) : (
            <Emphasised text={t("alerts.stat.median", { time: duration(data.median_minutes_to_resolve * 60_000) })} />
          )
        }
        figure={
          data && (
            <Sparkline
              tone="good"
              values={data.daily.map(({ resolved }) => resolved)}
              label={t("alerts.stat.trendResolved", days)}
            />
          )
        }
        isActive={isOn("resolved")}
        onSelect={show(isOn("resolved"), { status: "resolved" })}
      />
    </>
  );
}
