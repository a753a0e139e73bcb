import { useQueryClient } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { Alert, AlertDetail } from "@/api/types";
import { putAlert, refreshAround } from "@/features/alerts/use-handling";
import { stillAhead, useSnoozing } from "@/inbox/snooze/use-snoozing";

export function useSnoozeAlerts() {
  const queryClient = useQueryClient();
  return useSnoozing<Alert, AlertDetail>({
    snooze,
    takeBack: ({ id, snoozed_until }) => snooze(id, stillAhead(snoozed_until)),
    put: (alerts) => {
      for (const alert of alerts) putAlert(queryClient, alert);
      refreshAround(queryClient);
    },
  });
}

async function snooze(alert_id: number, until: string | null): Promise<AlertDetail> {
  const path = "/api/v1/admin/notifications/alerts/{alert_id}/snooze";
  return answered(await client.PUT(path, { params: { path: { alert_id } }, body: { until } }));
}
