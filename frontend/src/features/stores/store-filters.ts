import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allMerchantsQuery } from "@/directory/merchants";
import type { StoreFilters } from "@/features/stores/search";
import type { Filters } from "@/filters/filter";
import { useActiveFilter } from "@/filters/use-active-filter";
import { readId } from "@/url/read-search";

export const noStoreFilters: StoreFilters = { q: undefined, merchant: undefined, active: undefined };

export function isFiltered({ q, merchant, active }: StoreFilters): boolean {
  return q !== undefined || merchant !== undefined || active !== undefined;
}

export function useStoreFilters(
  filters: StoreFilters,
  onFilter: (filters: StoreFilters) => void,
  hasMerchants: boolean,
): Filters {
  const { t } = useTranslation();
  const { data: merchants = [] } = useQuery({ ...allMerchantsQuery, enabled: hasMerchants });
  const segments = useActiveFilter(filters.active, (active) => onFilter({ ...filters, active }));
  const merchant = {
    key: "merchant",
    label: t("directory.stores.merchant"),
    isSingle: true,
    options: merchants.map(({ id, name }) => ({ value: String(id), label: name })),
    selected: filters.merchant === undefined ? [] : [String(filters.merchant)],
    onChange: ([chosen]: string[]) => onFilter({ ...filters, merchant: readId(chosen) }),
  };
  return {
    search: {
      label: t("directory.stores.search"),
      value: filters.q ?? "",
      onChange: (q) => onFilter({ ...filters, q: q || undefined }),
    },
    segments,
    choices: hasMerchants ? [merchant] : [],
    onClear: isFiltered(filters) ? () => onFilter(noStoreFilters) : undefined,
  };
}
