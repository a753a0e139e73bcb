import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ActionRun } from "@/api/types";
import { actionKeys, actionRunsQuery } from "@/inbox/actions/api";
import { saysChanged, useHints } from "@/realtime/hint-bus";

/** What was tried about a notification; only what is known of it in this tab unless `isAsked`. */
export function useActionRuns(notificationId: number, isAsked: boolean): readonly ActionRun[] {
  const queryClient = useQueryClient();
  const { data = [] } = useQuery({ ...actionRunsQuery(notificationId), enabled: isAsked });
  useHints((hints) => {
    const isOurs = hints.some(({ id }) => id === null || id === notificationId);
    if (isAsked && isOurs && saysChanged(hints, "action.changed")) {
      void queryClient.invalidateQueries({ queryKey: actionKeys.of(notificationId) });
    }
  });
  return data;
}
