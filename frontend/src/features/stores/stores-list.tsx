import { Button } from "@mantine/core";
import { IconBuildingStore, IconZoomExclamation } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { allMerchantsQuery } from "@/directory/merchants";
import { storesQuery } from "@/features/stores/api";
import { StoreTable } from "@/features/stores/store-table";
import filterCss from "@/filters/filter.module.css";
import { FilterMenu } from "@/filters/filter-menu";
import { SearchField } from "@/filters/search-field";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import { readId } from "@/url/read-search";

const route = getRouteApi("/app/stores");

export function StoresList({ createButton }: { createButton: ReactNode }) {
  const { t } = useTranslation();
  const { q, merchant } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(storesQuery(q, merchant));
  const isFiltered = q !== undefined || merchant !== undefined;
  const clear = () => void navigate({ search: {}, replace: true });
  return (
    <PagedPanel
      label={t("directory.stores.title")}
      query={query}
      columns={5}
      toolbar={<StoreFilters />}
      empty={
        isFiltered ? (
          <EmptyState
            icon={IconZoomExclamation}
            title={t("directory.noMatch", { q: q ?? "" })}
            body={t("directory.noMatchBody")}
            action={<Button onClick={clear}>{t("action.clearFilters")}</Button>}
          />
        ) : (
          <EmptyState
            icon={IconBuildingStore}
            title={t("directory.stores.empty")}
            body={t("directory.stores.emptyBody")}
            action={createButton}
          />
        )
      }
    >
      {(stores) => <StoreTable stores={stores} />}
    </PagedPanel>
  );
}

function StoreFilters() {
  const { t } = useTranslation();
  const { q, merchant } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: merchants = [] } = useQuery(allMerchantsQuery);
  return (
    <div className={filterCss.bar}>
      <SearchField
        value={q ?? ""}
        label={t("directory.stores.search")}
        onChange={(text) => void navigate({ search: (before) => ({ ...before, q: text || undefined }), replace: true })}
      />
      <FilterMenu
        filter={{
          key: "merchant",
          label: t("directory.stores.merchant"),
          isSingle: true,
          options: merchants.map(({ id, name }) => ({ value: String(id), label: name })),
          selected: merchant === undefined ? [] : [String(merchant)],
          onChange: ([chosen]) =>
            void navigate({ search: (before) => ({ ...before, merchant: readId(chosen) }), replace: true }),
        }}
      />
    </div>
  );
}
