import { useRef } from "react";
import { neighbourOf } from "@/features/orders/exceptions/neighbour";

interface Neighbours {
  readonly previous: number | undefined;
  readonly next: number | undefined;
}

/** The rows around the one that is open; once it has left the list, those that were around it. */
export function useNeighbours(items: readonly { readonly id: number }[], id: number | undefined): Neighbours {
  const last = useRef<Neighbours & { readonly of: number | undefined }>({
    of: undefined,
    previous: undefined,
    next: undefined,
  });
  const isListed = items.some((item) => item.id === id);
  const found = { previous: neighbourOf(items, id, -1), next: neighbourOf(items, id, 1) };
  if (isListed) last.current = { of: id, ...found };
  if (isListed || last.current.of !== id) return found;
  const listed = (other: number | undefined) => (items.some((item) => item.id === other) ? other : undefined);
  const previous = listed(last.current.previous);
  return { previous, next: listed(last.current.next) ?? (previous === undefined ? found.next : undefined) };
}
