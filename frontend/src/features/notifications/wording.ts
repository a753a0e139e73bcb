import type { TFunction } from "i18next";
import type { Notification } from "@/api/types";
import { humanised } from "@/display/names";
import { notificationTypes } from "@/inbox/search";
import { linkKind } from "@/url/links";

export function typeName(t: TFunction, type: string): string {
  const known = notificationTypes.find((each) => each === type);
  return known ? t(`notifications.type.${known}`) : humanised(type);
}

export interface Target {
  readonly kind: "path" | "external" | "alert";
  readonly href: string;
  readonly label: string;
}

/** Where a notification leads and what its button says; null when it only tells. */
export function targetOf(t: TFunction, { action_url, alert_id, type }: Notification): Target | null {
  const kind = linkKind(action_url);
  if (kind === "external" && action_url) return { kind, href: action_url, label: t("notifications.open.external") };
  if (kind === "path" && action_url) return { kind, href: action_url, label: pathLabel(t, action_url, type) };
  if (alert_id !== null) return { kind: "alert", href: String(alert_id), label: t("notifications.open.alert") };
  return null;
}

function pathLabel(t: TFunction, url: string, type: string): string {
  const importId = /^\/imports\/(\d+)/.exec(url)?.[1];
  if (importId) return t("notifications.open.import", { id: importId });
  if (/^\/stores\/\d+$/.test(url)) return t("notifications.open.store");
  const runId = /^\/letzshop\/runs\/(\d+)$/.exec(url)?.[1];
  if (runId) return t("notifications.open.run", { id: runId });
  if (type === "order_sync_failure" || type === "order_exception") return t(`notifications.open.${type}`);
  return t("notifications.open.other");
}
