import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { client } from "@/api/client";
import type { RecentNotifications } from "@/api/types";
import { notificationKeys, recentQuery } from "@/features/notifications/api";

/** What the open bell lists is seen, also what arrives meanwhile: nothing of it is new to me any more, on any device. */
export function useSeenMark(isOpen: boolean): void {
  const { data: recent } = useQuery(recentQuery);
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
  const newest = recent && recent.new_count > 0 ? Math.max(0, ...recent.items.map(({ id }) => id)) : 0;
  // Once for each while it is open: what the server refuses stays new.
  const moved = useRef(0);
  useEffect(() => {
    if (!isOpen) moved.current = 0;
    else if (newest > moved.current) {
      moved.current = newest;
      mutate(newest);
    }
  }, [isOpen, newest, mutate]);
}
