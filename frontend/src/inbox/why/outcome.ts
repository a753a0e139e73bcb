import type { Explained } from "@/api/types";
import type { Standing } from "@/ui/status-badge";

/** What came of a decision, as one word says it. */
export type Outcome = "sent" | "under_way" | "failed" | "later" | "digest" | "not_sent";

export const standings: Record<Outcome, Standing> = {
  sent: "good",
  under_way: "busy",
  failed: "bad",
  later: "waiting",
  digest: "waiting",
  not_sent: "ended",
};

type Asked = Pick<Explained, "decision" | "deliveries">;

/** The decision, and what became of it: what was held for the morning has been sent by noon. */
export function outcomeOf({ decision, deliveries }: Asked): Outcome {
  if (decision === "skip") return "not_sent";
  if (decision === "digest") return "digest";
  const has = (...statuses: string[]) => deliveries.some(({ status }) => statuses.includes(status));
  if (has("sent")) return "sent";
  if (has("dead")) return "failed";
  if (decision === "hold" || has("held")) return "later";
  return "under_way";
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
