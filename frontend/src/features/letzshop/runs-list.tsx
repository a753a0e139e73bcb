import "@/features/letzshop/texts";
import { Button } from "@mantine/core";
import { IconFilterOff, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import { letzshopKeys, runsQuery } from "@/features/letzshop/api";
import { RunTable } from "@/features/letzshop/run-table";
import css from "@/features/letzshop/runs-list.module.css";
import type { RunFilters } from "@/features/letzshop/search";
import filterCss from "@/filters/filter.module.css";
import { FilterMenu } from "@/filters/filter-menu";
import { runKinds, runStatuses } from "@/letzshop-runs/run-state";
import { runKindName, runStatusName } from "@/letzshop-runs/wording";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import { readChoices, readIds } from "@/url/read-search";

interface Props {
  filters: RunFilters;
  onFilter: (filters: RunFilters) => void;
}

export function RunsList({ filters, onFilter }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(runsQuery(filters));
  useHints((hints) => {
    if (saysChanged(hints, "letzshop.run")) void queryClient.invalidateQueries({ queryKey: letzshopKeys.runs });
  });
  const isFiltered = Object.values(filters).some((filter) => filter !== undefined);
  const clear = () => onFilter({});
  return (
    <PagedPanel
      label={t("letzshop.runs.title")}
      query={query}
      columns={5}
      toolbar={<RunFilterBar filters={filters} onFilter={onFilter} onClear={isFiltered ? clear : undefined} />}
      empty={
        isFiltered ? (
          <EmptyState
            icon={IconFilterOff}
            title={t("letzshop.runs.emptyFiltered")}
            body={t("list.emptyFilteredBody")}
            action={<Button onClick={clear}>{t("action.clearFilters")}</Button>}
          />
        ) : (
          <EmptyState icon={IconRefresh} title={t("letzshop.runs.empty")} body={t("letzshop.runs.emptyBody")} />
        )
      }
    >
      {(runs) => <RunTable runs={runs} isOfOneStore={false} />}
    </PagedPanel>
  );
}

function RunFilterBar({ filters, onFilter, onClear }: Props & { onClear: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { store = [], kind = [], status = [] } = filters;
  const { data: stores = [] } = useQuery(allStoresQuery);
  return (
    <div className={`${filterCss.bar} ${css.filters}`}>
      <FilterMenu
        filter={{
          key: "kind",
          label: t("letzshop.kindLabel"),
          options: runKinds.map((value) => ({ value, label: runKindName(t, value) })),
          selected: kind,
          onChange: (chosen) => onFilter({ ...filters, kind: readChoices(chosen, runKinds) }),
        }}
      />
      <FilterMenu
        filter={{
          key: "status",
          label: t("letzshop.statusLabel"),
          options: runStatuses.map((value) => ({ value, label: runStatusName(t, value) })),
          selected: status,
          onChange: (chosen) => onFilter({ ...filters, status: readChoices(chosen, runStatuses) }),
        }}
      />
      <FilterMenu
        filter={{
          key: "store",
          label: t("filter.store"),
          options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
          selected: store.map(String),
          onChange: (chosen) => onFilter({ ...filters, store: readIds(chosen) }),
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
