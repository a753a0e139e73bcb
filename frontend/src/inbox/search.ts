import type { AlertType, NotificationType, Priority, Severity } from "@/api/types";
import { readBoolean, readChoice, readChoices, readDay, readId, readIds, readText } from "@/url/read-search";

export const priorities = ["critical", "high", "normal", "low"] as const satisfies readonly Priority[];
export const severities = ["critical", "error", "warning", "info"] as const satisfies readonly Severity[];
export const notificationTypes = [
  "import_failure",
  "order_sync_failure",
  "order_exception",
  "critical_error",
  "store_issue",
  "security_alert",
  "silence_ending",
  "delivery_failure",
] as const satisfies readonly NotificationType[];
export const alertTypes = [
  "integration",
  "data_quality",
  "capacity",
  "performance",
  "security",
  "system",
] as const satisfies readonly AlertType[];

/** The address of the inbox: everything that decides what is listed, so that a link shows the same to a colleague. */
export interface InboxSearch {
  tab?: "alerts" | undefined;
  status?: "unread" | "read" | "active" | "resolved" | "snoozed" | undefined;
  priority?: Priority[] | undefined;
  severity?: Severity[] | undefined;
  type?: (NotificationType | AlertType)[] | undefined;
  store?: number[] | undefined;
  since?: string | undefined;
  until?: string | undefined;
  q?: string | undefined;
  settled?: boolean | undefined;
  acknowledged?: boolean | undefined;
  /** The alert whose drawer is open. */
  alert?: number | undefined;
  /** The notification whose panel of reasons is open. */
  why?: number | undefined;
  /** The dialog for a new notification is open. */
  create?: boolean | undefined;
}

export function readInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const shared = {
    store: readIds(raw["store"]),
    since: readDay(raw["since"]),
    until: readDay(raw["until"]),
    q: readText(raw["q"]),
    alert: readId(raw["alert"]),
  };
  if (raw["tab"] === "alerts") {
    return {
      tab: "alerts",
      status: readChoice(raw["status"], ["active", "snoozed", "resolved"]),
      severity: readChoices(raw["severity"], severities),
      type: readChoices(raw["type"], alertTypes),
      acknowledged: readBoolean(raw["acknowledged"]),
      ...shared,
    };
  }
  return {
    status: readChoice(raw["status"], ["unread", "read", "snoozed"]),
    priority: readChoices(raw["priority"], priorities),
    type: readChoices(raw["type"], notificationTypes),
    settled: readBoolean(raw["settled"]),
    create: readBoolean(raw["create"]) || undefined,
    why: readId(raw["why"]),
    ...shared,
  };
}

/** What "Clear" leaves: the tab, and what is open over the list. */
export function withoutFilters({ tab, alert, create, why }: InboxSearch): InboxSearch {
  return { tab, alert, create, why };
}

export function hasFilters({ tab, alert, create, why, ...filters }: InboxSearch): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}
