import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import { type ExceptionFilters, exceptionTypes, isFiltered } from "@/features/orders/search";
import type { Filters } from "@/filters/filter";
import { readChoice, readChoices, readIds } from "@/url/read-search";

export function useExceptionFilters(filters: ExceptionFilters, onFilter: (filters: ExceptionFilters) => void): Filters {
  const { t } = useTranslation();
  const { data: stores = [] } = useQuery(allStoresQuery);
  const change = (part: ExceptionFilters) => onFilter({ ...filters, ...part });
  return {
    search: {
      label: t("orders.exceptions.search"),
      value: filters.q ?? "",
      onChange: (q) => change({ q: q || undefined }),
    },
    segments: {
      label: t("orders.exceptions.statusLabel"),
      selected: filters.status ?? "",
      options: [
        { value: "", label: t("orders.exceptions.status.pending") },
        { value: "resolved", label: t("orders.exceptions.status.resolved") },
        { value: "ignored", label: t("orders.exceptions.status.ignored") },
        { value: "all", label: t("orders.all") },
      ],
      onChange: (value) => change({ status: readChoice(value, ["resolved", "ignored", "all"]) }),
    },
    choices: [
      {
        key: "type",
        label: t("orders.exceptions.typeLabel"),
        options: exceptionTypes.map((value) => ({ value, label: t(`orders.exceptions.type.${value}`) })),
        selected: filters.type ?? [],
        onChange: (chosen) => change({ type: readChoices(chosen, exceptionTypes) }),
      },
      {
        key: "store",
        label: t("filter.store"),
        options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
        selected: (filters.store ?? []).map(String),
        onChange: (chosen) => change({ store: readIds(chosen) }),
      },
    ],
    onClear: isFiltered(filters) ? () => onFilter({}) : undefined,
  };
}
