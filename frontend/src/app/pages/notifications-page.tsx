import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
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
import { type InboxAddress, InboxAddressContext } from "@/inbox/inbox-address";
import { LiveChip } from "@/realtime/live-chip";
import { useCan } from "@/session/current-user";
import { PageHeader } from "@/ui/page";
import { StatStrip } from "@/ui/stat-cell";
import { TabPanel } from "@/ui/tab-panel";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const AlertDrawer = lazy(() => import("@/features/alerts/alert-drawer"));
const CreateNotification = lazy(() => import("@/features/notifications/create-notification"));
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
      <TabPanel
        shown={tab}
        tabs={[
          {
            name: "notifications",
            label: t("notifications.tab"),
            count: countText(counts?.unread_count),
            content: <NotificationsTab />,
          },
          { name: "alerts", label: t("alerts.tab"), count: countText(stats?.active), content: <AlertsTab /> },
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

function countText(count: number | undefined): string | undefined {
  return count ? formatNumber(count) : undefined;
}
