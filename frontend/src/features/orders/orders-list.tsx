import "@/features/orders/texts";
import { Button } from "@mantine/core";
import { IconFilterOff, IconShoppingBag } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ordersQuery } from "@/features/orders/api";
import { orderKeys } from "@/features/orders/keys";
import { useOrderFilters } from "@/features/orders/order-filters";
import { OrderTable } from "@/features/orders/order-table";
import type { OrdersSearch } from "@/features/orders/search";
import { FilterBar } from "@/filters/filter-bar";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { EmptyState } from "@/ui/page-state";
import { PagedList } from "@/ui/paged-panel";

interface Props {
  filters: OrdersSearch;
  /** The page is of this store alone: nothing else is listed, and there is no filter for stores. */
  storeId?: number;
  onFilter: (filters: OrdersSearch) => void;
}

/** For a panel that the page brings. */
export function OrdersList({ filters, storeId, onFilter }: Props) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const isOfOneStore = storeId !== undefined;
  const query = useInfiniteQuery(ordersQuery(isOfOneStore ? { ...filters, store: [storeId] } : filters));
  const bar = useOrderFilters(filters, onFilter, !isOfOneStore);
  useHints((hints) => {
    if (saysChanged(hints, "order.changed")) void queryClient.invalidateQueries({ queryKey: orderKeys.lists });
  });
  const empty = bar.onClear ? (
    <EmptyState
      icon={IconFilterOff}
      title={t("list.emptyFiltered")}
      body={t("list.emptyFilteredBody")}
      action={<Button onClick={bar.onClear}>{t("action.clearFilters")}</Button>}
    />
  ) : (
    <EmptyState
      icon={IconShoppingBag}
      title={isOfOneStore ? t("orders.ofStoreEmpty") : t("orders.empty")}
      body={t("orders.emptyBody")}
    />
  );
  return (
    <PagedList query={query} columns={6} toolbar={<FilterBar filters={bar} />} empty={empty}>
      {(orders) => <OrderTable orders={orders} isOfOneStore={isOfOneStore} />}
    </PagedList>
  );
}
