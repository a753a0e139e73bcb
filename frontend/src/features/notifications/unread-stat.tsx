import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/display/numbers";
import { unreadCountQuery } from "@/features/notifications/api";
import css from "@/features/notifications/unread-stat.module.css";
import { Emphasised } from "@/ui/emphasised";
import { StatCell } from "@/ui/stat-cell";

const route = getRouteApi("/app/notifications");

export function UnreadStat() {
  const { t } = useTranslation();
  const { data, isError } = useQuery(unreadCountQuery);
  const { tab, status } = route.useSearch();
  const navigate = route.useNavigate();
  const isActive = tab === undefined && status === "unread";
  const parts = data?.by_priority;
  return (
    <StatCell
      label={t("notifications.stat.unread")}
      value={isError && !data ? null : data?.unread_count}
      sentence={
        isError && !data ? (
          t("alerts.stat.failed")
        ) : !parts || data.unread_count === 0 ? (
          t("notifications.stat.unreadNone")
        ) : (
          <Emphasised
            text={t("notifications.stat.unreadParts", {
              critical: formatNumber(parts.critical),
              high: formatNumber(parts.high),
            })}
          />
        )
      }
      figure={parts && <PriorityBars counts={parts} label={t("notifications.stat.byPriority", { ...parts })} />}
      isActive={isActive}
      onSelect={() =>
        void navigate({
          search: ({ alert }) => (isActive ? { alert } : { status: "unread", alert }),
          resetScroll: false,
        })
      }
    />
  );
}

const order = ["critical", "high", "normal", "low"] as const;

/** Unread has no history of its own; what it is made of says more than a line could. */
function PriorityBars({ counts, label }: { counts: Record<(typeof order)[number], number>; label: string }) {
  const most = Math.max(...order.map((priority) => counts[priority]), 1);
  return (
    <svg className={css.bars} width={84} height={28} role="img" aria-label={label}>
      {order.map((priority, at) => {
        const height = counts[priority] === 0 ? 2 : 4 + (counts[priority] / most) * 22;
        return (
          <rect
            key={priority}
            data-priority={priority}
            x={36 + at * 13}
            y={28 - height}
            width={9}
            height={height}
            rx={2}
          />
        );
      })}
    </svg>
  );
}
