import { type QueryClient, QueryObserver } from "@tanstack/react-query";
import type { ActionRun } from "@/api/types";
import { actionKeys, actionRunsQuery, isUnderWay } from "@/inbox/actions/api";
import { subscribeToHints } from "@/realtime/hint-bus";
import { showToast } from "@/ui/toasts";

const followed = new Set<number>();

/** Says how a run ended that was asked for here, wherever its user is by then. */
export function followToItsEnd(queryClient: QueryClient, { id, notification_id }: ActionRun): void {
  if (followed.has(id)) return;
  followed.add(id);
  const queryKey = actionKeys.of(notification_id);
  const observer = new QueryObserver(queryClient, actionRunsQuery(notification_id));
  const leaveHints = subscribeToHints((hints) => {
    if (hints.some(({ name }) => name === "action.changed" || name === "resync")) {
      void queryClient.invalidateQueries({ queryKey });
    }
  });
  const leave = observer.subscribe(({ data, isError }) => {
    const run = data?.find((each) => each.id === id);
    if (!isError && (run === undefined || isUnderWay(run))) return;
    leave();
    leaveHints();
    followed.delete(id);
    if (run?.result) showToast({ kind: run.status === "done" ? "done" : "failed", message: run.result });
  });
}
