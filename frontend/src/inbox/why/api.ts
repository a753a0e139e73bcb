import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { Explanation } from "@/api/types";
import { paceOf } from "@/inbox/why/pace";

const path = "/api/v1/admin/notifications";

/** What somebody asks about. */
export interface Subject {
  readonly kind: "notification" | "alert";
  readonly id: number;
}

export const explanationQuery = ({ kind, id }: Subject) =>
  queryOptions({
    queryKey: ["get", path, "explain", kind, id],
    queryFn: async ({ signal }): Promise<Explanation> =>
      kind === "alert"
        ? answered(
            await client.GET(`${path}/alerts/{alert_id}/explain`, { params: { path: { alert_id: id } }, signal }),
          )
        : answered(
            await client.GET(`${path}/{notification_id}/explain`, {
              params: { path: { notification_id: id } },
              signal,
            }),
          ),
    // What is decided changes only as deliveries go on.
    refetchInterval: ({ state }) => (state.data ? paceOf(state.data, Date.now(), state.dataUpdateCount) : false),
  });

/** Its title, for a panel that was opened by its address. */
export const notificationTitleQuery = (notification_id: number) =>
  queryOptions({
    queryKey: ["get", path, "title", notification_id],
    queryFn: async ({ signal }) =>
      answered(await client.GET(`${path}/{notification_id}`, { params: { path: { notification_id } }, signal })).title,
    staleTime: Number.POSITIVE_INFINITY,
  });
