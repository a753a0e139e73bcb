import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { RunsList } from "@/features/letzshop/runs-list";
import { LiveChip } from "@/realtime/live-chip";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

const route = getRouteApi("/app/letzshop/runs");

export function LetzshopRunsPage() {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  usePageTitle(t("letzshop.runs.title"));
  return (
    <>
      <PageHeader title={t("letzshop.runs.title")} beside={<LiveChip />} intro={t("letzshop.runs.intro")} />
      <RunsList
        filters={route.useSearch()}
        onFilter={(filters) => void navigate({ search: filters, replace: true, resetScroll: false })}
      />
    </>
  );
}
