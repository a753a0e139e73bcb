import { OrdersList } from "@/features/orders/orders-list";
import type { OrdersSearch } from "@/features/orders/search";

interface Props {
  storeId: number;
  /** As `readOrdersSearch` reads them from the page's address; the store is the page's own. */
  filters: OrdersSearch;
  onFilter: (filters: OrdersSearch) => void;
}

/** The orders of one store, for a tab of its page. */
export function StoreOrders({ storeId, filters: { store, ...filters }, onFilter }: Props) {
  return <OrdersList filters={filters} storeId={storeId} onFilter={onFilter} />;
}
