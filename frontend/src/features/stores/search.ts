import { readBoolean, readId, readText } from "@/url/read-search";

export interface StoreFilters {
  q?: string | undefined;
  merchant?: number | undefined;
  active?: boolean | undefined;
}

export interface StoresSearch extends StoreFilters {
  /** The dialog for a new one is open. */
  create?: boolean | undefined;
}

export function readStoresSearch(raw: Record<string, unknown>): StoresSearch {
  return {
    q: readText(raw["q"]),
    merchant: readId(raw["merchant"]),
    active: readBoolean(raw["active"]),
    create: readBoolean(raw["create"]) || undefined,
  };
}
