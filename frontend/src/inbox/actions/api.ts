import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import type { Action, ActionRun, RunnableKind } from "@/api/types";

const path = "/api/v1/admin/notifications/{notification_id}/actions";

/** As many as a notification has kinds of action: the latest of each is among them, or long over. */
const shown = 5;

export const actionKeys = {
  of: (notification_id: number) => ["get", path, notification_id] as const,
};

/** What was tried about a notification, the latest first. */
export const actionRunsQuery = (notification_id: number) =>
  queryOptions({
    queryKey: actionKeys.of(notification_id),
    queryFn: async ({ signal }) => {
      const params = { path: { notification_id }, query: { limit: shown } };
      return answered(await client.GET(path, { params, signal })).items;
    },
    // The stream tells; this catches what it misses.
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 5_000 : false),
  });

export async function runAction(notification_id: number, kind: RunnableKind): Promise<ActionRun> {
  const params = { path: { notification_id, kind } };
  return answered(await client.POST(`${path}/{kind}`, { params, headers: idempotent() }));
}

export function isUnderWay({ status }: Pick<ActionRun, "status">): boolean {
  return status === "pending" || status === "running";
}

/** An action that is run; the others lead to a page. */
export function isRunnable(action: Action): action is Action & { kind: RunnableKind } {
  return action.kind !== "open_exceptions";
}

/** Where a person does what is not run. */
export function pathOf({ target }: Action): string {
  return `/order-exceptions?order=${target["order_id"]}`;
}
