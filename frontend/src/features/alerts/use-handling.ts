import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { isProblemWith } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import type { Alert, AlertDetail, Page } from "@/api/types";
import { alertKeys } from "@/features/alerts/api";
import { showToast } from "@/ui/toasts";

const path = "/api/v1/admin/notifications/alerts/{alert_id}";

/** What a person does with an alert. */
export type Handling =
  | { kind: "acknowledge" }
  | { kind: "resolve"; notes: string }
  | { kind: "reopen" }
  | { kind: "assign"; to: { id: number; name: string } | null }
  | { kind: "comment"; text: string };

async function handle(alert_id: number, handling: Handling): Promise<AlertDetail> {
  const params = { path: { alert_id } };
  switch (handling.kind) {
    case "acknowledge":
      return answered(await client.PUT(`${path}/acknowledge`, { params }));
    case "resolve": {
      const body = { resolution_notes: handling.notes.trim() || null };
      return answered(await client.PUT(`${path}/resolve`, { params, body }));
    }
    case "reopen":
      return answered(await client.PUT(`${path}/reopen`, { params }));
    case "assign":
      return answered(await client.PUT(`${path}/assign`, { params, body: { user_id: handling.to?.id ?? null } }));
    case "comment":
      return answered(await client.POST(`${path}/comments`, { params, body: { text: handling.text.trim() } }));
  }
}

/** One alert, from its drawer or its row. The drawer itself shows the 409 of reopening. */
export function useHandling(id: number) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (handling: Handling) => handle(id, handling),
    onSuccess: (alert, handling) => {
      putAlert(queryClient, alert);
      refreshAround(queryClient);
      if (handling.kind === "comment") return;
      const message =
        handling.kind === "assign"
          ? handling.to
            ? t("alerts.toast.assigned", { name: handling.to.name })
            : t("alerts.toast.unassigned")
          : handling.kind === "acknowledge"
            ? t("alerts.toast.acknowledged")
            : handling.kind === "resolve"
              ? t("alerts.toast.resolved")
              : t("alerts.toast.reopened");
      showToast({ kind: "done", message });
    },
    onError: (error) => {
      if (isProblemWith(error, 409)) return;
      showToast({ kind: "failed", message: t("alerts.toast.failed"), detail: problemText(error) });
    },
  });
}

/** For a call that is waited for: that it failed is told above. */
export const ignore = () => undefined;

export interface Failure {
  readonly id: number;
  readonly reason: string;
}

/** Many at once, one call each, a few side by side: one that fails does not hold up the others. */
export function useBulkHandling() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, handling }: { ids: readonly number[]; handling: Handling }) => {
      const waiting = [...ids];
      const failures: Failure[] = [];
      const worker = async () => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          try {
            putAlert(queryClient, await handle(id, handling));
          } catch (error) {
            failures.push({ id, reason: problemText(error) });
          }
        }
      };
      await Promise.all([worker(), worker(), worker(), worker()]);
      return failures;
    },
    onSuccess: (failures, { ids, handling }) => {
      const count = ids.length - failures.length;
      if (failures.length > 0) {
        const message = t("alerts.toast.partly", { count: failures.length });
        const detail = [...new Set(failures.map(({ reason }) => reason))].join(" ");
        showToast({ kind: "failed", message, detail });
      }
      if (count === 0) return;
      const message =
        handling.kind === "resolve" ? t("alerts.toast.resolved", { count }) : t("alerts.toast.acknowledged", { count });
      showToast({ kind: "done", message });
    },
    onSettled: () => refreshAround(queryClient),
  });
}

/** Replaces the alert wherever it is listed or looked at. */
export function putAlert(queryClient: QueryClient, alert: AlertDetail): void {
  queryClient.setQueryData(alertKeys.detail(alert.id), alert);
  const applied = (items: Alert[]) => items.map((item) => (item.id === alert.id ? alert : item));
  queryClient.setQueriesData<InfiniteData<Page<Alert>>>({ queryKey: alertKeys.lists }, (data) =>
    data ? { ...data, pages: data.pages.map((page) => ({ ...page, items: applied(page.items) })) } : undefined,
  );
}

/** Resolving settles notifications: the bell's counts move with it. */
export function refreshAround(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: alertKeys.stats });
  void queryClient.invalidateQueries({ queryKey: ["get", "/api/v1/admin/notifications/unread-count"] });
  void queryClient.invalidateQueries({ queryKey: ["get", "/api/v1/admin/notifications/recent"] });
}
