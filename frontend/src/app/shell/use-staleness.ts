import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { alertKeys } from "@/features/alerts/api";
import { importKeys } from "@/features/imports/keys";
import { notificationKeys } from "@/features/notifications/api";
import { exceptionKeys } from "@/features/orders/exceptions/keys";
import { orderKeys } from "@/features/orders/keys";
import { saysChanged, useHints } from "@/realtime/hint-bus";

/** What changes while its page is closed is asked anew when that opens; open pages see to themselves. */
export function useStaleness(): void {
  const queryClient = useQueryClient();
  useHints((hints) => {
    const outdate = (...queryKeys: QueryKey[]) => {
      for (const queryKey of queryKeys) void queryClient.invalidateQueries({ queryKey, refetchType: "none" });
    };
    if (saysChanged(hints, "notification.created", "notification.changed")) outdate(notificationKeys.lists);
    if (saysChanged(hints, "alert.changed")) outdate(alertKeys.lists, alertKeys.stats, alertKeys.details);
    if (saysChanged(hints, "import.progress")) outdate(importKeys.all);
    if (saysChanged(hints, "order.changed")) outdate(orderKeys.all);
    if (saysChanged(hints, "order_exception.changed")) outdate(exceptionKeys.all);
  });
}
