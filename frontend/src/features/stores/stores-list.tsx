import "@/directory/texts";
import { Button } from "@mantine/core";
import { IconBuildingStore, IconZoomExclamation } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { storesQuery } from "@/features/stores/api";
import type { StoreFilters } from "@/features/stores/search";
import { isFiltered, noStoreFilters, useStoreFilters } from "@/features/stores/store-filters";
import { StoreTable } from "@/features/stores/store-table";
import { FilterBar } from "@/filters/filter-bar";
import { EmptyState } from "@/ui/page-state";
import { PagedList } from "@/ui/paged-panel";

interface Props {
  filters: StoreFilters;
  /** The page is of this merchant alone: no other's stores are listed, and there is no filter for merchants. */
  merchantId?: number;
  onFilter: (filters: StoreFilters) => void;
  createButton: ReactNode;
}

/** For a panel that the page brings. */
export function StoresList({ filters, merchantId, onFilter, createButton }: Props) {
  const { t } = useTranslation();
  const isOfOne = merchantId !== undefined;
  const query = useInfiniteQuery(storesQuery({ ...filters, merchant: merchantId ?? filters.merchant }));
  const bar = useStoreFilters(filters, onFilter, !isOfOne);
  return (
    <PagedList
      query={query}
      columns={5}
      toolbar={<FilterBar filters={bar} />}
      empty={
        isFiltered(filters) ? (
          <EmptyState
            icon={IconZoomExclamation}
            title={filters.q ? t("directory.noMatch", { q: filters.q }) : t("list.emptyFiltered")}
            body={filters.q ? t("directory.noMatchBody") : t("list.emptyFilteredBody")}
            action={<Button onClick={() => onFilter(noStoreFilters)}>{t("action.clearFilters")}</Button>}
          />
        ) : (
          <EmptyState
            icon={IconBuildingStore}
            title={isOfOne ? t("directory.merchants.noStores") : t("directory.stores.empty")}
            body={isOfOne ? t("directory.merchants.noStoresBody") : t("directory.stores.emptyBody")}
            action={createButton}
          />
        )
      }
    >
      {(stores) => <StoreTable stores={stores} isOfOneMerchant={isOfOne} />}
    </PagedList>
  );
}
