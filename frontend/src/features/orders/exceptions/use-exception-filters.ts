import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import { orderQuery } from "@/features/orders/api";
import { type ExceptionFilters, exceptionTypes, isFiltered } from "@/features/orders/search";
import { orderNumber } from "@/features/orders/wording";
import type { Filters } from "@/filters/filter";
import { readChoice, readChoices, readId, readIds } from "@/url/read-search";

export function useExceptionFilters(filters: ExceptionFilters, onFilter: (filters: ExceptionFilters) => void): Filters {
  const { t } = useTranslation();
  const { data: stores = [] } = useQuery(allStoresQuery);
  const { data: order } = useQuery({ ...orderQuery(filters.order ?? 0), enabled: filters.order !== undefined });
  const change = (part: ExceptionFilters) => onFilter({ ...filters, ...part });
  // It comes from elsewhere, and here can only be taken off.
  const ofOrder = filters.order
    ? [
        {
          key: "order",
          label: t("orders.exceptions.orderLabel"),
          options: [{ value: String(filters.order), label: order ? orderNumber(order) : `#${filters.order}` }],
          selected: [String(filters.order)],
          onChange: (chosen: readonly string[]) => change({ order: readId(chosen[0]) }),
        },
      ]
    : [];
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
      ...ofOrder,
    ],
    onClear: isFiltered(filters) ? () => onFilter({}) : undefined,
  };
}
