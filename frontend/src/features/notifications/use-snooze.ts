import { useQueryClient } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { Notification } from "@/api/types";
import { dropFromBell, isReadBySomebody, putNotifications, refreshCounts } from "@/features/notifications/cache";
import { stillAhead, useSnoozing } from "@/inbox/snooze/use-snoozing";

const path = "/api/v1/admin/notifications/{notification_id}";

export function useSnoozeNotifications() {
  const queryClient = useQueryClient();
  return useSnoozing<Notification, Notification>({
    snooze,
    takeBack: async (before) => {
      if (!isReadBySomebody(before)) return snooze(before.id, stillAhead(before.snoozed_until));
      return answered(await client.PUT(`${path}/read`, { params: { path: { notification_id: before.id } } }));
    },
    put: (items) => {
      putNotifications(queryClient, new Map(items.map((item) => [item.id, item])));
      dropFromBell(
        queryClient,
        items.filter(({ is_read }) => is_read).map(({ id }) => id),
      );
      refreshCounts(queryClient);
    },
  });
}

async function snooze(notification_id: number, until: string | null): Promise<Notification> {
  return answered(await client.PUT(`${path}/snooze`, { params: { path: { notification_id } }, body: { until } }));
}
