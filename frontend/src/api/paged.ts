import { infiniteQueryOptions, type QueryClient, type QueryKey } from "@tanstack/react-query";
import type { Page } from "@/api/types";

/** The options of a keyset-paged list: each page brings the cursor of the next. */
export function pagedQuery<T>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | null, signal: AbortSignal, queryClient: QueryClient) => Promise<Page<T>>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal, client }) => fetchPage(pageParam, signal, client),
    initialPageParam: null as string | null, // `as`: the first page has no cursor, later ones do
    getNextPageParam: (page) => page.next_cursor,
  });
}
