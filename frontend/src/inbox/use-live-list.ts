import { type InfiniteData, type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Page } from "@/api/types";
import { useHints } from "@/realtime/hint-bus";
import type { Hint } from "@/realtime/hints";

interface Options<T> {
  listKey: QueryKey;
  headKey: QueryKey;
  loaded: readonly T[];
  isLoaded: boolean;
  hintNames: readonly Hint["name"][];
  fetchHead: (signal: AbortSignal) => Promise<Page<T>>;
  /** null: it is gone. */
  fetchOne: (id: number) => Promise<T | null>;
}

interface LiveList {
  /** Rows that the list would show on top if it were loaded now. */
  readonly freshCount: number;
  showFresh: () => void;
}

/** More than this many changed rows at once: the fresh first page alone has to do. */
const fetchedOneByOne = 10;

/**
 * Keeps a list current without moving a row under the pointer: rows that are shown change in place,
 * rows that are new wait behind a count until the user asks for them.
 */
export function useLiveList<T extends { id: number }>(options: Options<T>): LiveList {
  const { listKey, headKey, loaded, hintNames, isLoaded } = options;
  const queryClient = useQueryClient();
  const { data: head } = useQuery({
    queryKey: headKey,
    queryFn: ({ signal }) => options.fetchHead(signal),
    enabled: false,
  });

  const patch = (changed: ReadonlyMap<number, T | null>) => {
    queryClient.setQueryData<InfiniteData<Page<T>>>(listKey, (data) => data && patchPages(data, changed));
  };

  const refresh = async (hints: readonly Hint[]) => {
    const fresh = await queryClient.fetchQuery({
      queryKey: headKey,
      queryFn: ({ signal }) => options.fetchHead(signal),
      staleTime: 0,
    });
    const data = queryClient.getQueryData<InfiniteData<Page<T>>>(listKey);
    if (!data) return;
    const shown = new Set(data.pages.flatMap((page) => page.items.map(({ id }) => id)));
    if (shown.size === 0) {
      queryClient.setQueryData<InfiniteData<Page<T>>>(listKey, { pages: [fresh], pageParams: [null] });
      return;
    }
    const changed = new Map<number, T | null>(fresh.items.map((item) => [item.id, item]));
    const elsewhere = [...new Set(hints.map(({ id }) => id))].filter(
      (id) => id !== null && shown.has(id) && !changed.has(id),
    );
    for (const id of elsewhere.slice(0, fetchedOneByOne)) {
      if (id !== null) changed.set(id, await options.fetchOne(id));
    }
    patch(changed);
  };

  useHints((hints) => {
    const relevant = hints.filter(({ name }) => name === "resync" || hintNames.includes(name));
    // A failed refresh is made good by the next hint or poll; the list stays as it was.
    if (isLoaded && relevant.length > 0) refresh(relevant).catch(() => undefined);
  });

  const freshCount = useMemo(() => countFresh(head?.items ?? [], loaded), [head, loaded]);
  return {
    freshCount,
    showFresh: () => {
      if (head) queryClient.setQueryData<InfiniteData<Page<T>>>(listKey, { pages: [head], pageParams: [null] });
    },
  };
}

/** Unknown rows above the last known one; those below it only moved up because others went. */
export function countFresh<T extends { id: number }>(head: readonly T[], loaded: readonly T[]): number {
  if (loaded.length === 0) return 0;
  const known = new Set(loaded.map(({ id }) => id));
  const lastKnown = head.findLastIndex(({ id }) => known.has(id));
  const above = lastKnown < 0 ? head : head.slice(0, lastKnown);
  return above.filter(({ id }) => !known.has(id)).length;
}

function patchPages<T extends { id: number }>(
  data: InfiniteData<Page<T>>,
  changed: ReadonlyMap<number, T | null>,
): InfiniteData<Page<T>> {
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.flatMap((item) => {
      const now = changed.get(item.id);
      return now === undefined ? [item] : now === null ? [] : [now];
    }),
  }));
  return { ...data, pages };
}
