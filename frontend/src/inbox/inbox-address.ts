import { createContext, useContext, useMemo } from "react";
import type { InboxSearch } from "@/inbox/search";

/** Where the inbox's lists keep their filters: the address of their own page, or that of one store. */
export interface InboxAddress {
  readonly search: InboxSearch;
  /** The page is about this store alone: its lists show nothing else and offer no filter for stores. */
  readonly storeId: number | null;
  readonly change: (step: (before: InboxSearch) => InboxSearch) => void;
}

export const InboxAddressContext = createContext<InboxAddress | null>(null);

export function useInboxAddress(): InboxAddress {
  const address = useContext(InboxAddressContext);
  if (!address) throw new Error("A list of the inbox stands outside of any page's address");
  return address;
}

/** What decides which rows are listed: the address, and the store of a store's page. */
export function useListedSearch(): InboxSearch {
  const { search, storeId } = useInboxAddress();
  return useMemo(() => (storeId === null ? search : { ...search, store: [storeId] }), [search, storeId]);
}
