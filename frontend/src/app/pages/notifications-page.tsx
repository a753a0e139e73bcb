import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import css from "@/app/pages/notifications-page.module.css";
import { formatNumber } from "@/display/numbers";
import { AlertStats } from "@/features/alerts/alert-stats";
import { alertStatsQuery } from "@/features/alerts/api";
import { unreadCountQuery } from "@/features/notifications/api";
import { MarkAllButton } from "@/features/notifications/mark-all-button";
import { NotificationsTab } from "@/features/notifications/notifications-tab";
import { SilenceThese } from "@/features/notifications/silence-these";
import { UnreadStat } from "@/features/notifications/unread-stat";
import { SincePlace } from "@/features/summary/since-place";
import { type InboxAddress, InboxAddressContext } from "@/inbox/inbox-address";
import { ListSkeleton } from "@/inbox/list-skeleton";
import { LiveChip } from "@/realtime/live-chip";
import { useCan } from "@/session/current-user";
import { PageHeader } from "@/ui/page";
import { lazyDialog, lazyPart } from "@/ui/part";
import { StatStrip } from "@/ui/stat-cell";
import { TabPanel } from "@/ui/tab-panel";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const loadAlertsTab = () => import("@/features/alerts/alerts-tab");
const AlertsTab = lazyPart(
  async () => ({ default: (await loadAlertsTab()).AlertsTab }),
  () => <TabSkeleton />,
);
const AlertDrawer = lazyDialog(() => import("@/features/alerts/alert-drawer"));
const CreateNotification = lazyDialog(() => import("@/features/notifications/create-notification"));
const WhySheet = lazyDialog(() => import("@/inbox/why/why-sheet"));
const route = getRouteApi("/app/notifications");

export function NotificationsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const address = useMemo<InboxAddress>(
    () => ({
      search,
      storeId: null,
      // Replace, not push: Back leaves the page instead of walking through every letter typed.
      change: (step) => void navigate({ search: step, replace: true, resetScroll: false }),
    }),
    [search, navigate],
  );
  return (
    <InboxAddressContext value={address}>
      <Inbox />
    </InboxAddressContext>
  );
}

function Inbox() {
  const { t } = useTranslation();
  const { tab, alert, create, why } = route.useSearch();
  const canCreate = useCan("manage");
  const navigate = route.useNavigate();
  const { data: counts } = useQuery(unreadCountQuery);
  const { data: stats } = useQuery(alertStatsQuery);
  const unread = counts?.unread_count ?? 0;
  usePageTitle(unread > 0 ? `(${unread}) ${t("shell.page.notifications")}` : t("shell.page.notifications"));

  // Not in the first load, but there before anybody asks for it. What fails here is asked for again with the tab.
  useEffect(() => void loadAlertsTab().catch(() => undefined), []);

  const shown = tab === "alerts" ? "alerts" : "notifications";
  const open = (create?: true) => void navigate({ search: (before) => ({ ...before, create }), ...dialogStep(create) });
  const closeAlert = () =>
    void navigate({ search: (before) => ({ ...before, alert: undefined }), ...dialogStep(false) });
  const closeWhy = () => void navigate({ search: (before) => ({ ...before, why: undefined }), ...dialogStep(false) });
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
              <SilenceThese />
              <MarkAllButton />
            </>
          )
        }
      />
      <SincePlace />
      <StatStrip label={t("shell.page.notifications")}>
        <UnreadStat />
        <AlertStats />
      </StatStrip>
      <TabPanel
        shown={tab}
        tabs={[
          {
            name: "notifications",
            label: t("notifications.tab"),
            count: countText(counts?.unread_count),
            content: <NotificationsTab />,
          },
          {
            name: "alerts",
            label: t("alerts.tab"),
            count: countText(stats?.active),
            content: <AlertsTab />,
          },
        ]}
        onChange={(name) =>
          void navigate({
            // Filters of one kind mean nothing to the other; the store and the dates stay.
            search: ({ store, since, until, q }) => ({
              tab: name === "alerts" ? "alerts" : undefined,
              store,
              since,
              until,
              q,
            }),
            resetScroll: false,
          })
        }
      />
      {alert !== undefined && <AlertDrawer key={alert} id={alert} onClose={closeAlert} />}
      {why !== undefined && <WhySheet key={why} notificationId={why} onClose={closeWhy} />}
      {create && canCreate && <CreateNotification onClose={() => open()} />}
    </>
  );
}

function TabSkeleton() {
  return (
    <>
      <div className={css.bar} />
      <ListSkeleton />
    </>
  );
}

function countText(count: number | undefined): string | undefined {
  return count ? formatNumber(count) : undefined;
}
