import type { AlertType, Channel, NotificationType } from "@/api/types";

/** What messages are about and how they go, in the same words wherever they are chosen or listed. */
export const messages = {
  channel: { email: "E-mail", chat: "Chat", webhook: "Webhook" } satisfies Record<Channel, string>,
  about: {
    import_failure: "Import failures",
    order_sync_failure: "Order sync failures",
    order_exception: "Order exceptions",
    critical_error: "Critical errors",
    store_issue: "Store issues",
    security_alert: "Security alerts",
    silence_ending: "Silences that end",
    delivery_failure: "Delivery failures",
    integration: "Integration alerts",
    data_quality: "Data quality alerts",
    capacity: "Capacity alerts",
    performance: "Performance alerts",
    security: "Alerts on security",
    system: "System alerts",
  } satisfies Record<NotificationType | AlertType, string>,
} as const;
