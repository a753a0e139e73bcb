import type { OrderStatus } from "@/api/types";

/** What an order's status means for items without a product: only one that nobody has confirmed yet waits for them. */
export type Stage = "waits" | "confirmed" | "over";

const stages: Record<OrderStatus, Stage> = {
  pending: "waits",
  processing: "confirmed",
  shipped: "confirmed",
  delivered: "confirmed",
  cancelled: "over",
  refunded: "over",
};

export function stageOf(status: OrderStatus): Stage {
  return stages[status];
}
