import type { DeliveryAttempt } from "@/api/types";

/** What went wrong and what the receiver said; a mail's error has the server's words in it already. */
export function saidOf({ error, excerpt }: Pick<DeliveryAttempt, "error" | "excerpt">): string {
  const isQuoted = error !== null && excerpt !== null && error.includes(excerpt.replace(/\.$/, ""));
  return [error, isQuoted ? null : excerpt].filter(Boolean).join("\n");
}
