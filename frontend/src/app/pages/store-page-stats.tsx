import { getRouteApi } from "@tanstack/react-router";
import type { Store } from "@/api/types";
import css from "@/app/pages/store-page.module.css";
import type { StoreSearch } from "@/app/pages/store-page-search";
import { StoreAlertStat } from "@/features/alerts/store-alert-stat";
import { LastImportStat } from "@/features/imports/last-import-stat";
import { StoreUnreadStat } from "@/features/notifications/store-unread-stat";
import { StatStrip } from "@/ui/stat-cell";

const route = getRouteApi("/app/stores/$id");

/** What waits in this store; each cell leads to its list, pressed again back to the overview. */
export function StoreStats({ store: { id, name } }: { store: Store }) {
  const { tab, status } = route.useSearch();
  const navigate = route.useNavigate();
  const cell = (isActive: boolean, search: StoreSearch) => ({
    storeId: id,
    isActive,
    onSelect: () => void navigate({ search: isActive ? {} : search, resetScroll: false }),
  });
  return (
    <div className={css.stats} data-overview={tab === undefined || undefined}>
      <StatStrip label={name} cells={3}>
        <StoreAlertStat {...cell(tab === "alerts" && status === "active", { tab: "alerts", status: "active" })} />
        <StoreUnreadStat
          {...cell(tab === "notifications" && status === "unread", { tab: "notifications", status: "unread" })}
        />
        <LastImportStat {...cell(tab === "imports", { tab: "imports" })} />
      </StatStrip>
    </div>
  );
}
