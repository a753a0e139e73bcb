import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import { channels, isFiltered, type OrdersSearch, orderStatuses } from "@/features/orders/search";
import { channelName } from "@/features/orders/wording";
import type { Filters } from "@/filters/filter";
import { readBoolean, readChoices, readIds } from "@/url/read-search";

export function useOrderFilters(
  filters: OrdersSearch,
  onFilter: (filters: OrdersSearch) => void,
  hasStores: boolean,
): Filters {
  const { t } = useTranslation();
  const { data: stores = [] } = useQuery({ ...allStoresQuery, enabled: hasStores });
  const change = (part: OrdersSearch) => onFilter({ ...filters, ...part });
  const store = {
    key: "store",
    label: t("filter.store"),
    options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
    selected: (filters.store ?? []).map(String),
    onChange: (chosen: string[]) => change({ store: readIds(chosen) }),
  };
  return {
    search: { label: t("orders.search"), value: filters.q ?? "", onChange: (q) => change({ q: q || undefined }) },
    segments: {
      label: t("orders.exceptionsLabel"),
      selected: String(filters.exceptions ?? ""),
      options: [
        { value: "", label: t("orders.all") },
        { value: "true", label: t("orders.withExceptions") },
        { value: "false", label: t("orders.withoutExceptions") },
      ],
      onChange: (value) => change({ exceptions: readBoolean(value) }),
    },
    choices: [
      {
        key: "status",
        label: t("orders.statusLabel"),
        options: orderStatuses.map((value) => ({ value, label: t(`orders.status.${value}`) })),
        selected: filters.status ?? [],
        onChange: (chosen) => change({ status: readChoices(chosen, orderStatuses) }),
      },
      ...(hasStores ? [store] : []),
      {
        key: "channel",
        label: t("orders.channelLabel"),
        options: channels.map((value) => ({ value, label: channelName(t, value) })),
        selected: filters.channel ?? [],
        onChange: (chosen) => change({ channel: readChoices(chosen, channels) }),
      },
    ],
    range: { since: filters.since, until: filters.until, onChange: change },
    onClear: isFiltered(filters) ? () => onFilter({}) : undefined,
  };
}
