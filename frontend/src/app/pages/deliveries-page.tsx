import "@/features/delivery/texts";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DeliveryStats } from "@/features/delivery/deliveries/delivery-stats";
import { DeliveryWorkbench } from "@/features/delivery/deliveries/delivery-workbench";
import type { DeliveryFilters } from "@/features/delivery/search";
import { PageHeader, Panel } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const route = getRouteApi("/app/delivery/deliveries");

export function DeliveriesPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle(t("delivery.deliveries.title"));
  const { delivery } = search;
  // What is open over the list asks for no other list.
  const filters = useMemo<DeliveryFilters>(() => {
    const { delivery: _, ...rest } = search;
    return rest;
  }, [search]);
  const onFilter = (wanted: DeliveryFilters) => void navigate({ search: wanted, replace: true, resetScroll: false });
  return (
    <>
      <PageHeader title={t("delivery.deliveries.title")} intro={t("delivery.deliveries.intro")} />
      <DeliveryStats filters={filters} onFilter={onFilter} />
      <Panel label={t("delivery.deliveries.title")}>
        <DeliveryWorkbench
          filters={filters}
          onFilter={onFilter}
          openId={delivery}
          onOpen={(id) =>
            void navigate({ search: (before) => ({ ...before, delivery: id }), ...dialogStep(id !== undefined) })
          }
        />
      </Panel>
    </>
  );
}
