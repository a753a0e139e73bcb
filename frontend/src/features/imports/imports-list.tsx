import "@/directory/texts";
import "@/features/imports/texts";
import { Button } from "@mantine/core";
import { IconFileImport, IconFilterOff } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import { importsQuery } from "@/features/imports/api";
import { ImportTable } from "@/features/imports/import-table";
import { importKeys } from "@/features/imports/keys";
import { type ImportsSearch, importStatuses } from "@/features/imports/search";
import filterCss from "@/filters/filter.module.css";
import { FilterMenu } from "@/filters/filter-menu";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { EmptyState } from "@/ui/page-state";
import { PagedList } from "@/ui/paged-panel";
import { readChoices, readIds } from "@/url/read-search";

type ListFilters = Pick<ImportsSearch, "status" | "store">;

interface Props {
  filters: ListFilters;
  /** The page is of this store alone: nothing else is listed, and there is no filter for stores. */
  storeId?: number;
  onFilter: (filters: ListFilters) => void;
  startButton: ReactNode;
}

/** For a panel that the page brings. */
export function ImportsList({ filters, storeId, onFilter, startButton }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(
    importsQuery({ status: filters.status, store: storeId === undefined ? filters.store : [storeId] }),
  );
  useHints((hints) => {
    if (saysChanged(hints, "import.progress")) void queryClient.invalidateQueries({ queryKey: importKeys.lists });
  });

  const isFiltered = filters.status !== undefined || filters.store !== undefined;
  const clear = () => onFilter({ status: undefined, store: undefined });
  const empty = isFiltered ? (
    <EmptyState
      icon={IconFilterOff}
      title={t("imports.emptyFiltered")}
      body={t("list.emptyFilteredBody")}
      action={<Button onClick={clear}>{t("action.clearFilters")}</Button>}
    />
  ) : (
    <EmptyState
      icon={IconFileImport}
      title={storeId === undefined ? t("imports.empty") : t("imports.ofStoreEmpty")}
      body={storeId === undefined ? t("imports.emptyBody") : t("directory.stores.importsEmptyBody")}
      action={startButton}
    />
  );
  return (
    <PagedList
      query={query}
      columns={6}
      toolbar={
        <ImportFilters
          filters={filters}
          hasStores={storeId === undefined}
          onFilter={onFilter}
          onClear={isFiltered ? clear : undefined}
        />
      }
      empty={empty}
    >
      {(jobs) => <ImportTable jobs={jobs} isOfOneStore={storeId !== undefined} />}
    </PagedList>
  );
}

interface FiltersProps extends Pick<Props, "filters" | "onFilter"> {
  hasStores: boolean;
  onClear: (() => void) | undefined;
}

function ImportFilters({ filters, hasStores, onFilter, onClear }: FiltersProps) {
  const { t } = useTranslation();
  const { status = [], store = [] } = filters;
  const { data: stores = [] } = useQuery(allStoresQuery);
  return (
    <div className={filterCss.bar}>
      <FilterMenu
        filter={{
          key: "status",
          label: t("imports.statusLabel"),
          options: importStatuses.map((value) => ({ value, label: t(`imports.status.${value}`) })),
          selected: status,
          onChange: (chosen) => onFilter({ ...filters, status: readChoices(chosen, importStatuses) }),
        }}
      />
      {hasStores && (
        <FilterMenu
          filter={{
            key: "store",
            label: t("filter.store"),
            options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
            selected: store.map(String),
            onChange: (chosen) => onFilter({ ...filters, store: readIds(chosen) }),
          }}
        />
      )}
      {onClear && (
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t("action.clear")}
        </Button>
      )}
    </div>
  );
}
