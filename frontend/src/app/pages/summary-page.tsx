import "@/features/summary/texts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { isOfDay, summaryQuery } from "@/features/summary/api";
import { serverKnows } from "@/features/summary/presence";
import { periods } from "@/features/summary/search";
import { SummaryView } from "@/features/summary/summary-view";
import { useAbsence } from "@/features/summary/use-absence";
import { useCurrentUser } from "@/session/current-user";
import { PageHeader } from "@/ui/page";
import { TabPanel } from "@/ui/tab-panel";
import { usePageTitle } from "@/ui/use-page-title";
import { readChoice } from "@/url/read-search";

const route = getRouteApi("/app/summary");

export function SummaryPage() {
  const { t } = useTranslation();
  const { period } = route.useSearch();
  const navigate = route.useNavigate();
  // Only while there is something to tell: once dismissed, nobody was away.
  const absence = useAbsence(useCurrentUser().id);
  // A device that never saw them asks the server, which may have nothing but the day to tell.
  const { data } = useQuery({ ...summaryQuery(serverKnows), enabled: absence === serverKnows });
  const isDay = absence === serverKnows && data !== undefined && isOfDay(data);
  const names = absence === null || isDay ? periods : (["left", ...periods] as const);
  usePageTitle(t("shell.page.summary"));
  return (
    <>
      <PageHeader title={t("shell.page.summary")} intro={t("summary.intro")} />
      <TabPanel
        label={t("summary.periods")}
        shown={period}
        tabs={names.map((name) => ({
          name,
          label: t(`summary.period.${name}`),
          content: (
            <SummaryView
              since={isDay && name === "day" ? serverKnows : (readChoice(name, periods) ?? absence ?? serverKnows)}
            />
          ),
        }))}
        onChange={(name) => void navigate({ search: { period: readChoice(name, periods) }, resetScroll: false })}
      />
    </>
  );
}
