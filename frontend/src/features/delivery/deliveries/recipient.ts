import type { Delivery } from "@/api/types";

/** The person, or the shared destination: personal ones have no name worth saying. */
export function recipientName({ user, destination_name }: Pick<Delivery, "user" | "destination_name">): string {
  return user?.name ?? destination_name;
}
