import { Button } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { planMarkAll } from "@/features/notifications/mark-all";
import { useMarkAllRead } from "@/features/notifications/use-mark-all";
import { useNotificationPages } from "@/features/notifications/use-notification-list";
import { useReadState } from "@/features/notifications/use-read-state";
import { useListedSearch } from "@/inbox/inbox-address";
import { useCan } from "@/session/current-user";

export function MarkAllButton() {
  const { t } = useTranslation();
  const search = useListedSearch();
  const { items } = useNotificationPages();
  const markAll = useMarkAllRead();
  const setReadState = useReadState();
  if (!useCan("triage")) return null;

  const plan = planMarkAll(search, items);
  const run = () => {
    if (plan?.kind === "everything") markAll.mutate(plan.limits);
    else if (plan) setReadState({ ids: plan.ids, isRead: true, isAnnounced: true });
  };
  return (
    <Button leftSection={<IconChecks size={17} />} disabled={plan === null} loading={markAll.isPending} onClick={run}>
      {plan?.kind === "shown" ? t("notifications.markShownRead") : t("notifications.markAllRead")}
    </Button>
  );
}
