import { localDay } from "@/display/dates";

export type Entry<T> =
  | { readonly kind: "day"; readonly key: string; readonly iso: string }
  | { readonly kind: "row"; readonly key: string; readonly item: T };

/** Rows with a heading before the first of each local day. */
export function withDayHeadings<T extends { id: number }>(
  items: readonly T[],
  timeOf: (item: T) => string,
): Entry<T>[] {
  const entries: Entry<T>[] = [];
  let day = "";
  for (const item of items) {
    const iso = timeOf(item);
    const itsDay = localDay(new Date(iso));
    if (itsDay !== day) {
      day = itsDay;
      // The item's id makes it unique: lists by occurrence may come back to a day when a row is patched in place.
      entries.push({ kind: "day", key: `${itsDay}-${item.id}`, iso });
    }
    entries.push({ kind: "row", key: String(item.id), item });
  }
  return entries;
}
