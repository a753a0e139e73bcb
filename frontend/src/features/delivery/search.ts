import type { Channel, DeliveryStatus, MessageKind } from "@/api/types";
import { readBoolean, readChoice, readChoices, readDay, readId, readIds } from "@/url/read-search";

export const channels = ["webhook", "chat", "email"] as const satisfies readonly Channel[];
export const deliveryStatuses = [
  "pending",
  "sending",
  "sent",
  "held",
  "folded",
  "dropped",
  "dead",
] as const satisfies readonly DeliveryStatus[];
export const messageKinds = [
  "notification",
  "alert_opened",
  "alert_escalated",
  "alert_grew",
  "alert_healed",
  "alert_resolved",
  "returned",
  "escalation",
  "held_back",
  "digest",
  "silence_ending",
  "test",
] as const satisfies readonly MessageKind[];

/** What limits the list of deliveries. */
export interface DeliveryFilters {
  status?: DeliveryStatus[] | undefined;
  channel?: Channel | undefined;
  destination?: number[] | undefined;
  notification?: number | undefined;
  alert?: number | undefined;
  store?: number | undefined;
  /** Whom it went to. */
  user?: number | undefined;
  kind?: MessageKind[] | undefined;
  /** Of the last 24 hours, by when it was sent and not by when it was planned. */
  sentLately?: true | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

export interface DeliveriesSearch extends DeliveryFilters {
  /** The one whose drawer is open. */
  delivery?: number | undefined;
}

export function readDeliveriesSearch(raw: Record<string, unknown>): DeliveriesSearch {
  return {
    status: readChoices(raw["status"], deliveryStatuses),
    channel: readChoice(raw["channel"], channels),
    destination: readIds(raw["destination"]),
    notification: readId(raw["notification"]),
    alert: readId(raw["alert"]),
    store: readId(raw["store"]),
    user: readId(raw["user"]),
    kind: readChoices(raw["kind"], messageKinds),
    sentLately: readBoolean(raw["sentLately"]) || undefined,
    since: readDay(raw["since"]),
    until: readDay(raw["until"]),
    delivery: readId(raw["delivery"]),
  };
}

export interface DestinationsSearch {
  /** The sheet for a new one is open. */
  create?: boolean | undefined;
  /** The one whose sheet is open. */
  edit?: number | undefined;
}

export function readDestinationsSearch(raw: Record<string, unknown>): DestinationsSearch {
  return { create: readBoolean(raw["create"]) || undefined, edit: readId(raw["edit"]) };
}
