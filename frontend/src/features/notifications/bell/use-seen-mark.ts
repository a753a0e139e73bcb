import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client } from "@/api/client";
import type { RecentNotifications } from "@/api/types";
import { notificationKeys } from "@/features/notifications/api";

/** Opening the bell is seeing what is in it: nothing of it is new to me any more, on any device. */
export function useMoveSeenMark(): () => void {
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (up_to_id: number) => client.PUT("/api/v1/admin/notifications/seen", { body: { up_to_id } }),
    onMutate: () => {
      queryClient.setQueryData<RecentNotifications>(notificationKeys.recent, (recent) =>
        recent ? { ...recent, new_count: 0 } : undefined,
      );
    },
    // Refused or not, the server says what is new.
    onSettled: () => queryClient.invalidateQueries({ queryKey: notificationKeys.recent }),
  });
  return () => {
    const recent = queryClient.getQueryData<RecentNotifications>(notificationKeys.recent);
    if (!recent || recent.new_count === 0 || recent.items.length === 0) return;
    mutate(Math.max(...recent.items.map(({ id }) => id)));
  };
}
