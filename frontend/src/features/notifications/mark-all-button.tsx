import { Button } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { planMarkAll } from "@/features/notifications/mark-all";
import { useMarkAllRead } from "@/features/notifications/use-mark-all";
import { useNotificationList } from "@/features/notifications/use-notification-list";
import { useReadState } from "@/features/notifications/use-read-state";
import { useCan } from "@/session/current-user";

const route = getRouteApi("/app/notifications");

export function MarkAllButton() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const { items, query } = useNotificationList();
  const markAll = useMarkAllRead();
  const setReadState = useReadState();
  if (!useCan("triage")) return null;

  const plan = planMarkAll(search, items);
  const run = () => {
    if (plan.kind === "everything") markAll.mutate(plan.limits);
    else setReadState({ ids: plan.ids, isRead: true, isAnnounced: true });
  };
  return (
    <Button
      leftSection={<IconChecks size={17} />}
      disabled={!query.isSuccess || (plan.kind === "shown" && plan.ids.length === 0)}
      loading={markAll.isPending}
      onClick={run}
    >
      {plan.kind === "everything" ? t("notifications.markAllRead") : t("notifications.markShownRead")}
    </Button>
  );
}
