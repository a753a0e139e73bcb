import { Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import css from "@/app/pages/notifications-page.module.css";
import { formatNumber } from "@/display/numbers";
import { AlertStats } from "@/features/alerts/alert-stats";
import { AlertsTab } from "@/features/alerts/alerts-tab";
import { alertStatsQuery } from "@/features/alerts/api";
import { unreadCountQuery } from "@/features/notifications/api";
import { MarkAllButton } from "@/features/notifications/mark-all-button";
import { NotificationsTab } from "@/features/notifications/notifications-tab";
import { UnreadStat } from "@/features/notifications/unread-stat";
import { LiveChip } from "@/realtime/live-chip";
import { useCan } from "@/session/current-user";
import { PageHeader, Panel } from "@/ui/page";
import { StatStrip } from "@/ui/stat-cell";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const AlertDrawer = lazy(() => import("@/features/alerts/alert-drawer"));
const CreateNotification = lazy(() => import("@/features/notifications/create-notification"));
const route = getRouteApi("/app/notifications");

export function NotificationsPage() {
  const { t } = useTranslation();
  const { tab, alert, create } = route.useSearch();
  const canCreate = useCan("manage");
  const navigate = route.useNavigate();
  const { data: counts } = useQuery(unreadCountQuery);
  const { data: stats } = useQuery(alertStatsQuery);
  const unread = counts?.unread_count ?? 0;
  usePageTitle(unread > 0 ? `(${unread}) ${t("shell.page.notifications")}` : t("shell.page.notifications"));

  const shown = tab === "alerts" ? "alerts" : "notifications";
  const open = (create?: true) => void navigate({ search: (before) => ({ ...before, create }), ...dialogStep(create) });
  const closeAlert = () =>
    void navigate({ search: (before) => ({ ...before, alert: undefined }), ...dialogStep(false) });
  return (
    <>
      <PageHeader
        title={t("shell.page.notifications")}
        beside={<LiveChip />}
        actions={
          shown === "notifications" && (
            <>
              {canCreate && (
                <Button className={css.create} leftSection={<IconPlus size={16} />} onClick={() => open(true)}>
                  {t("notifications.create")}
                </Button>
              )}
              <MarkAllButton />
            </>
          )
        }
      />
      <StatStrip label={t("shell.page.notifications")}>
        <UnreadStat />
        <AlertStats />
      </StatStrip>
      <div className={css.panel}>
        <Panel>
          <Tabs
            value={shown}
            onChange={(value) =>
              void navigate({
                // Filters of one kind mean nothing to the other; the store and the dates stay.
                search: ({ store, since, until, q }) => ({
                  tab: value === "alerts" ? "alerts" : undefined,
                  store,
                  since,
                  until,
                  q,
                }),
                resetScroll: false,
              })
            }
            keepMounted={false}
            classNames={{ list: css.tabs, tab: css.tab }}
          >
            <Tabs.List>
              <TabButton value="notifications" label={t("notifications.tab")} count={counts?.unread_count} />
              <TabButton value="alerts" label={t("alerts.tab")} count={stats?.active} />
            </Tabs.List>
            <Tabs.Panel value="notifications">
              <NotificationsTab />
            </Tabs.Panel>
            <Tabs.Panel value="alerts">
              <AlertsTab />
            </Tabs.Panel>
          </Tabs>
        </Panel>
      </div>
      {alert !== undefined && (
        <Suspense>
          <AlertDrawer key={alert} id={alert} onClose={closeAlert} />
        </Suspense>
      )}
      {create && canCreate && (
        <Suspense>
          <CreateNotification onClose={() => open()} />
        </Suspense>
      )}
    </>
  );
}

function TabButton({ value, label, count }: { value: string; label: string; count: number | undefined }) {
  return (
    <Tabs.Tab
      value={value}
      rightSection={count !== undefined && count > 0 && <span className={css.count}>{formatNumber(count)}</span>}
    >
      {label}
    </Tabs.Tab>
  );
}
