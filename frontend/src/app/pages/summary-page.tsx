import "@/features/summary/texts";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
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
  const names = absence === null ? periods : (["left", ...periods] as const);
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
          content: <SummaryView since={readChoice(name, periods) ?? absence ?? serverKnows} />,
        }))}
        onChange={(name) => void navigate({ search: { period: readChoice(name, periods) }, resetScroll: false })}
      />
    </>
  );
}
