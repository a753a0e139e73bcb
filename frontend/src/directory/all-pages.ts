import type { Page } from "@/api/types";

/** As many as a picker or a filter lists; beyond that a search is the better way. */
export const listedAtMost = 1_000;

/** Every item of a keyset-paged list, by name. */
export async function allPages<T extends { name: string }>(
  fetchPage: (cursor: string | null) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await fetchPage(cursor);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null && items.length < listedAtMost);
  return items.sort((a, b) => a.name.localeCompare(b.name));
}
