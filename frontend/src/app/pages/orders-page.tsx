import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { OrdersList } from "@/features/orders/orders-list";
import { LiveChip } from "@/realtime/live-chip";
import { PageHeader, Panel } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

const route = getRouteApi("/app/orders");

export function OrdersPage() {
  const { t } = useTranslation();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle(t("orders.title"));
  return (
    <>
      <PageHeader title={t("orders.title")} beside={<LiveChip />} intro={t("orders.intro")} />
      <Panel label={t("orders.title")}>
        <OrdersList
          filters={filters}
          onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })}
        />
      </Panel>
    </>
  );
}
