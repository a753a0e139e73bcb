import { Button } from "@mantine/core";
import { IconFileImport, IconFilterOff } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import { importKeys, importsQuery } from "@/features/imports/api";
import { ImportTable } from "@/features/imports/import-table";
import { importStatuses } from "@/features/imports/search";
import filterCss from "@/filters/filter.module.css";
import { FilterMenu } from "@/filters/filter-menu";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import { readChoices, readIds } from "@/url/read-search";

const route = getRouteApi("/app/imports");

export function ImportsList({ startButton }: { startButton: ReactNode }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(importsQuery(search));
  useHints((hints) => {
    if (saysChanged(hints, "import.progress")) void queryClient.invalidateQueries({ queryKey: importKeys.lists });
  });

  const isFiltered = search.status !== undefined || search.store !== undefined;
  const clear = () => void navigate({ search: {}, replace: true });
  const empty = isFiltered ? (
    <EmptyState
      icon={IconFilterOff}
      title={t("imports.emptyFiltered")}
      body={t("imports.emptyFilteredBody")}
      action={<Button onClick={clear}>{t("action.clearFilters")}</Button>}
    />
  ) : (
    <EmptyState icon={IconFileImport} title={t("imports.empty")} body={t("imports.emptyBody")} action={startButton} />
  );
  return (
    <PagedPanel
      label={t("imports.title")}
      query={query}
      columns={6}
      toolbar={<ImportFilters onClear={isFiltered ? clear : undefined} />}
      empty={empty}
    >
      {(jobs) => <ImportTable jobs={jobs} />}
    </PagedPanel>
  );
}

function ImportFilters({ onClear }: { onClear: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { status = [], store = [] } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: stores = [] } = useQuery(allStoresQuery);
  return (
    <div className={filterCss.bar}>
      <FilterMenu
        filter={{
          key: "status",
          label: t("imports.statusLabel"),
          options: importStatuses.map((value) => ({ value, label: t(`imports.status.${value}`) })),
          selected: status,
          onChange: (chosen) =>
            void navigate({
              search: (before) => ({ ...before, status: readChoices(chosen, importStatuses) }),
              replace: true,
            }),
        }}
      />
      <FilterMenu
        filter={{
          key: "store",
          label: t("filter.store"),
          options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
          selected: store.map(String),
          onChange: (chosen) =>
            void navigate({ search: (before) => ({ ...before, store: readIds(chosen) }), replace: true }),
        }}
      />
      {onClear && (
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t("action.clear")}
        </Button>
      )}
    </div>
  );
}
