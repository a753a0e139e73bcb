import "@/directory/texts";
import { Button } from "@mantine/core";
import { IconUsers, IconZoomExclamation } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { merchantsQuery } from "@/features/merchants/api";
import { MerchantTable } from "@/features/merchants/merchant-table";
import type { MerchantFilters } from "@/features/merchants/search";
import { FilterBar } from "@/filters/filter-bar";
import { useActiveFilter } from "@/filters/use-active-filter";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";

interface Props {
  filters: MerchantFilters;
  onFilter: (filters: MerchantFilters) => void;
  createButton: ReactNode;
}

export function MerchantsList({ filters, onFilter, createButton }: Props) {
  const { t } = useTranslation();
  const { q, active } = filters;
  const query = useInfiniteQuery(merchantsQuery({ q, active }));
  const segments = useActiveFilter(active, (chosen) => onFilter({ q, active: chosen }));
  const clear = () => onFilter({ q: undefined, active: undefined });
  const isFiltered = q !== undefined || active !== undefined;
  return (
    <PagedPanel
      label={t("directory.merchants.title")}
      query={query}
      columns={5}
      toolbar={
        <FilterBar
          filters={{
            search: {
              label: t("directory.merchants.search"),
              value: q ?? "",
              onChange: (text) => onFilter({ q: text || undefined, active }),
            },
            segments,
            choices: [],
            onClear: isFiltered ? clear : undefined,
          }}
        />
      }
      empty={
        isFiltered ? (
          <EmptyState
            icon={IconZoomExclamation}
            title={q ? t("directory.noMatch", { q }) : t("list.emptyFiltered")}
            body={q ? t("directory.noMatchBody") : t("list.emptyFilteredBody")}
            action={<Button onClick={clear}>{t("action.clearFilters")}</Button>}
          />
        ) : (
          <EmptyState
            icon={IconUsers}
            title={t("directory.merchants.empty")}
            body={t("directory.merchants.emptyBody")}
            action={createButton}
          />
        )
      }
    >
      {(merchants) => <MerchantTable merchants={merchants} />}
    </PagedPanel>
  );
}
