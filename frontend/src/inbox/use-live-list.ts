import { type InfiniteData, type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { Page } from "@/api/types";
import { useHints } from "@/realtime/hint-bus";
import type { Hint } from "@/realtime/hints";

interface Options<T> {
  listKey: QueryKey;
  headKey: QueryKey;
  loaded: readonly T[];
  /** Loaded, and no page of it is on its way. */
  isAtRest: boolean;
  hintNames: readonly Hint["name"][];
  fetchPage: (cursor: string | null, signal: AbortSignal | null) => Promise<Page<T>>;
  /** null: it is gone. */
  fetchOne: (id: number) => Promise<T | null>;
  /** In one request, where the server can; what it leaves out is gone. */
  fetchThese?: (ids: readonly number[]) => Promise<T[]>;
  /** For what no hint tells of: the rows that may have changed, and how often the list asks by itself. */
  poll?: { readonly ids: readonly number[]; readonly every: number };
}

interface LiveList {
  /** Rows that the list would show on top if it were loaded now. */
  readonly freshCount: number;
  showFresh: () => void;
}

/** More than this many changed rows at once: whole pages are asked instead. */
const fetchedOneByOne = 10;
const fetchedTogether = 50;

/**
 * Keeps a list current without moving a row under the pointer: rows that are shown change in place,
 * rows that are new wait behind a count until the user asks for them.
 */
export function useLiveList<T extends { id: number }>(options: Options<T>): LiveList {
  const { listKey, headKey, loaded, hintNames, isAtRest } = options;
  const queryClient = useQueryClient();
  const most = options.fetchThese ? fetchedTogether : fetchedOneByOne;
  const headQuery = {
    queryKey: headKey,
    queryFn: ({ signal }: { signal: AbortSignal }) => options.fetchPage(null, signal),
  };
  const { data: head } = useQuery({ ...headQuery, enabled: false });
  const setPages = (data: InfiniteData<Page<T>>) => queryClient.setQueryData(listKey, data);

  const refresh = async (hints: readonly Hint[]) => {
    const first = await queryClient.fetchQuery({ ...headQuery, staleTime: 0 });
    const data = queryClient.getQueryData<InfiniteData<Page<T>>>(listKey);
    if (!data) return;
    const shown = data.pages.flatMap((page) => page.items.map(({ id }) => id));
    if (shown.length === 0) {
      setPages({ pages: [first], pageParams: [null] });
      return;
    }
    const changed = new Map<number, T | null>(first.items.map((item) => [item.id, item]));
    const hinted = new Set(hints.map(({ id }) => id));
    const below = shown.filter((id) => hinted.has(id) && !changed.has(id));
    if (hinted.has(null) || below.length > most) {
      // One page more than is loaded: new rows have moved the others down.
      let last = first;
      for (let more = data.pages.length; more > 0 && last.next_cursor !== null; more -= 1) {
        last = await options.fetchPage(last.next_cursor, null);
        for (const item of last.items) changed.set(item.id, item);
      }
      const end = last.next_cursor === null ? shown.length : shown.findLastIndex((id) => changed.has(id));
      for (const id of shown.slice(0, Math.max(0, end))) if (!changed.has(id)) changed.set(id, null);
    } else if (options.fetchThese && below.length > 0) {
      const found = new Map((await options.fetchThese(below)).map((item) => [item.id, item]));
      for (const id of below) changed.set(id, found.get(id) ?? null);
    } else {
      for (const id of below) changed.set(id, await options.fetchOne(id));
    }
    const now = queryClient.getQueryState<InfiniteData<Page<T>>>(listKey);
    if (now?.fetchStatus === "fetching") heard.current = [...hints, ...heard.current];
    else if (now?.data) setPages(patchPages(now.data, changed));
  };

  // One refresh at a time, and none beside a page that is on its way: each would bring back what the other changed.
  const heard = useRef<readonly Hint[]>([]);
  const isBusy = useRef(false);
  const latest = useRef({ listKey, refresh });
  latest.current = { listKey, refresh };
  const catchUp = useCallback(async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    const isListAtRest = () => {
      const state = queryClient.getQueryState(latest.current.listKey);
      return state?.status === "success" && state.fetchStatus !== "fetching";
    };
    while (heard.current.length > 0 && isListAtRest()) {
      const hints = heard.current;
      heard.current = [];
      // What failed is made good by the next hint or poll; the list stays as it was.
      await latest.current.refresh(hints).catch(() => undefined);
    }
    isBusy.current = false;
  }, [queryClient]);
  useHints((hints) => {
    const relevant = hints.filter(({ name }) => name === "resync" || hintNames.includes(name));
    heard.current = [...heard.current, ...relevant];
    void catchUp();
  });
  useEffect(() => {
    if (isAtRest) void catchUp();
  }, [isAtRest, catchUp]);
  // The first page comes in any case: only what is below it is asked for, some at a time and all in turn.
  const onTop = new Set(head?.items.map(({ id }) => id));
  const polled = useRef<readonly number[]>([]);
  polled.current = options.poll?.ids.filter((id) => !onTop.has(id)) ?? [];
  const turn = useRef(0);
  const every = options.poll?.every ?? null;
  useEffect(() => {
    if (every === null) return undefined;
    const timer = setInterval(() => {
      if (document.hidden) return;
      // No row has the id 0: the first page is asked in any case.
      const asked = inTurn(polled.current, turn.current, most);
      turn.current += asked.length;
      const own = [0, ...asked].map((id): Hint => ({ name: "resync", id, unreadCount: null }));
      heard.current = [...heard.current, ...own];
      void catchUp();
    }, every);
    return () => clearInterval(timer);
  }, [every, most, catchUp]);

  const freshCount = useMemo(() => countFresh(head?.items ?? [], loaded), [head, loaded]);
  return {
    freshCount,
    showFresh: () => {
      if (head) setPages({ pages: [head], pageParams: [null] });
    },
  };
}

/** So many of them from that place on, and on from the first. */
function inTurn(ids: readonly number[], from: number, most: number): readonly number[] {
  if (ids.length <= most) return ids;
  const start = from % ids.length;
  return [...ids.slice(start), ...ids.slice(0, start)].slice(0, most);
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
