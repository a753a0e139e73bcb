import { readBoolean, readText } from "@/url/read-search";

export interface MerchantFilters {
  q?: string | undefined;
  active?: boolean | undefined;
}

export interface MerchantsSearch extends MerchantFilters {
  /** The dialog for a new one is open. */
  create?: boolean | undefined;
}

export function readMerchantsSearch(raw: Record<string, unknown>): MerchantsSearch {
  return {
    q: readText(raw["q"]),
    active: readBoolean(raw["active"]),
    create: readBoolean(raw["create"]) || undefined,
  };
}
