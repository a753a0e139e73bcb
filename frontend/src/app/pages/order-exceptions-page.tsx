import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { exceptionKeys } from "@/features/orders/exceptions/keys";
import { exceptionStatsQuery } from "@/features/orders/exceptions/stats";
import { Workbench } from "@/features/orders/exceptions/workbench";
import { saysChanged, useHints } from "@/realtime/hint-bus";
import { LiveChip } from "@/realtime/live-chip";
import { PageHeader, Panel } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const route = getRouteApi("/app/order-exceptions");

export function OrderExceptionsPage() {
  const { t } = useTranslation();
  const { exception, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const { data: stats } = useQuery(exceptionStatsQuery);
  useHints((hints) => {
    // An order that is confirmed elsewhere waits no longer.
    if (saysChanged(hints, "order.changed")) void queryClient.invalidateQueries({ queryKey: exceptionKeys.stats });
  });
  usePageTitle(t("orders.exceptions.title"));
  const waiting = stats && stats.pending > 0 && t("orders.exceptions.waiting", { count: stats.waiting_orders });
  // Going on to the next one replaces it: Back leads out of the panel, not through all that were settled.
  const isOpening = (id: number | undefined) => id !== undefined && exception === undefined;
  return (
    <>
      <PageHeader
        title={t("orders.exceptions.title")}
        beside={<LiveChip />}
        intro={[t("orders.exceptions.intro"), waiting].filter(Boolean).join(" ")}
      />
      <Panel label={t("orders.exceptions.title")}>
        <Workbench
          filters={filters}
          onFilter={(search) => void navigate({ search, replace: true, resetScroll: false })}
          openId={exception}
          onOpen={(id) =>
            void navigate({ search: (before) => ({ ...before, exception: id }), ...dialogStep(isOpening(id)) })
          }
        />
      </Panel>
    </>
  );
}
