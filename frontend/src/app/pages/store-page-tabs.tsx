import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Page, Store } from "@/api/types";
import { StoreDomains, StoreLetzshop } from "@/app/pages/store-page-connections";
import { StartImport } from "@/app/pages/store-page-dialogs";
import { ordersOfStore } from "@/app/pages/store-page-search";
import { AlertsTab } from "@/features/alerts/alerts-tab";
import { openAlertsOfStoreQuery } from "@/features/alerts/api";
import { ImportsList } from "@/features/imports/imports-list";
import { readImportsSearch } from "@/features/imports/search";
import { unreadOfStoreQuery } from "@/features/notifications/api";
import { NotificationsTab } from "@/features/notifications/notifications-tab";
import { readOrdersSearch } from "@/features/orders/search";
import { StoreOrders } from "@/features/orders/store-orders";
import { StoreOverview } from "@/features/stores/store-overview";
import { countedPart } from "@/ui/stat-cell";
import type { Tab } from "@/ui/tab-panel";

const route = getRouteApi("/app/stores/$id");

/** The tabs of a store's page in their order; the name is what `?tab=` says. */
export function useStoreTabs(store: Store): readonly Tab[] {
  const { t } = useTranslation();
  const { data: unread } = useQuery({ ...unreadOfStoreQuery(store.id), select: waiting });
  const { data: open } = useQuery({ ...openAlertsOfStoreQuery(store.id), select: waiting });
  return [
    { name: "overview", label: t("directory.overview"), content: <StoreOverview store={store} /> },
    { name: "imports", label: t("directory.stores.imports"), content: <StoreImports storeId={store.id} /> },
    { name: "orders", label: t("orders.title"), content: <OrdersOf storeId={store.id} /> },
    { name: "letzshop", label: t("letzshop.tab"), content: <StoreLetzshop store={store} /> },
    { name: "domains", label: t("domains.tab"), content: <StoreDomains storeId={store.id} /> },
    { name: "notifications", label: t("notifications.tab"), count: unread, content: <NotificationsTab /> },
    { name: "alerts", label: t("directory.stores.alerts"), count: open, content: <AlertsTab /> },
  ];
}

/** For a tab's pill, which says nothing when nothing waits. */
function waiting(page: Page<unknown>): string | undefined {
  return page.items.length > 0 ? countedPart(page) : undefined;
}

function StoreImports({ storeId }: { storeId: number }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ImportsList
      filters={{ status: readImportsSearch({ ...search }).status }}
      storeId={storeId}
      onFilter={({ status }) =>
        void navigate({ search: (before) => ({ ...before, status }), replace: true, resetScroll: false })
      }
      startButton={<StartImport />}
    />
  );
}

function OrdersOf({ storeId }: { storeId: number }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <StoreOrders
      storeId={storeId}
      filters={readOrdersSearch({ ...search })}
      onFilter={(filters) =>
        void navigate({ search: ({ tab }) => ({ tab, ...ordersOfStore(filters) }), replace: true, resetScroll: false })
      }
    />
  );
}
