import { readStoresSearch, type StoresSearch } from "@/features/stores/search";
import { readBoolean, readText } from "@/url/read-search";

/** The address of a merchant's page: the tab, the filters of its stores, and what is open over it. */
export interface MerchantSearch extends Omit<StoresSearch, "merchant"> {
  /** The overview when it is none that the page has. */
  tab?: string | undefined;
  edit?: boolean | undefined;
  /** The dialog for a new domain is open. */
  add?: boolean | undefined;
}

export function readMerchantSearch(raw: Record<string, unknown>): MerchantSearch {
  const { q, active, create } = readStoresSearch(raw);
  return {
    tab: readText(raw["tab"]),
    edit: readBoolean(raw["edit"]) || undefined,
    add: readBoolean(raw["add"]) || undefined,
    q,
    active,
    create,
  };
}
