import "@/features/summary/texts";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { periods } from "@/features/summary/search";
import { SummaryView } from "@/features/summary/summary-view";
import { PageHeader } from "@/ui/page";
import { TabPanel } from "@/ui/tab-panel";
import { usePageTitle } from "@/ui/use-page-title";
import { readChoice } from "@/url/read-search";

const route = getRouteApi("/app/summary");

export function SummaryPage() {
  const { t } = useTranslation();
  const { period } = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle(t("shell.page.summary"));
  return (
    <>
      <PageHeader title={t("shell.page.summary")} intro={t("summary.intro")} />
      <TabPanel
        label={t("summary.periods")}
        shown={period ?? "left"}
        tabs={(["left", ...periods] as const).map((name) => ({
          name,
          label: t(`summary.period.${name}`),
          content: <SummaryView period={readChoice(name, periods)} />,
        }))}
        onChange={(name) => void navigate({ search: { period: readChoice(name, periods) }, resetScroll: false })}
      />
    </>
  );
}
