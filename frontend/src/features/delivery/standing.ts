import type { DeliveryStatus, Destination } from "@/api/types";

export function isUnfinished(status: DeliveryStatus): boolean {
  return status === "pending" || status === "sending" || status === "held";
}

/** How a destination stands, the worst first. */
export type DestinationStanding = "off" | "open" | "failing" | "unused" | "working";

export function standingOf(
  destination: Pick<Destination, "is_enabled" | "opened_at" | "failing_since" | "last_success_at">,
): DestinationStanding {
  if (!destination.is_enabled) return "off";
  if (destination.opened_at !== null) return "open";
  if (destination.failing_since !== null) return "failing";
  return destination.last_success_at === null ? "unused" : "working";
}
