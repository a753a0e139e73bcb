import type { Explained } from "@/api/types";
import type { Standing } from "@/ui/status-badge";

/** What came of a decision, as one word says it. */
export type Outcome =
  | "sent"
  | "under_way"
  | "failed"
  | "later"
  | "digest"
  | "digest_sent"
  | "digest_failed"
  | "not_sent";

export const standings: Record<Outcome, Standing> = {
  sent: "good",
  under_way: "busy",
  failed: "bad",
  later: "waiting",
  digest: "waiting",
  digest_sent: "good",
  digest_failed: "bad",
  not_sent: "ended",
};

type Asked = Pick<Explained, "decision" | "reason" | "deliveries">;
type Delivery = Asked["deliveries"][number];

/** What became of the newest delivery: that an earlier one arrived or failed is another matter. */
export function outcomeOf({ decision, reason, deliveries }: Asked): Outcome {
  const newest = newestOf(deliveries);
  if (decision === "digest") {
    if (reason === "channel") return "digest_failed";
    return newestOf(deliveries.filter(({ kind }) => kind === "digest"))?.status === "sent" ? "digest_sent" : "digest";
  }
  // What was given up counts as not sent; a person who asks wants to know that it was tried.
  if (decision === "skip") return reason === "channel" && newest?.status === "dead" ? "failed" : "not_sent";
  switch (newest?.status) {
    case "sent":
      return "sent";
    case "dead":
      return "failed";
    case "dropped":
      return "not_sent";
    case "held":
      return "later";
    case "sending":
      return "under_way";
    default:
      return decision === "hold" ? "later" : "under_way";
  }
}

/** Whether one was not delivered that the outcome says nothing of. */
export function hasEarlierFailure({ deliveries, ...asked }: Asked): boolean {
  const newest = newestOf(deliveries);
  const isSaid = outcomeOf({ deliveries, ...asked }) === "failed";
  return deliveries.some(
    (delivery) => delivery.status === "dead" && delivery.kind !== "digest" && !(isSaid && delivery === newest),
  );
}

function newestOf(deliveries: readonly Delivery[]): Delivery | undefined {
  return deliveries.toSorted((a, b) => a.id - b.id).at(-1);
}

/** By person, mine first, then by name; destinations that are shared come last. */
export interface Recipient {
  readonly key: string;
  readonly name: string;
  readonly isMine: boolean;
  readonly isShared: boolean;
  readonly items: readonly Explained[];
}

export function recipientsOf(items: readonly Explained[], myId: number): Recipient[] {
  const found = new Map<string, Recipient & { items: Explained[] }>();
  for (const item of items) {
    const { user, destination_id } = item;
    const key = user ? `person-${user.id}` : `destination-${destination_id}`;
    const name = user?.name ?? item.destination_name ?? `#${destination_id}`;
    const recipient = found.get(key) ?? { key, name, isMine: user?.id === myId, isShared: user === null, items: [] };
    recipient.items.push(item);
    found.set(key, recipient);
  }
  const rank = ({ isMine, isShared }: Recipient) => (isMine ? 0 : isShared ? 2 : 1);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
