import "@/features/jobs/texts";
import { useTranslation } from "react-i18next";
import { JobsList } from "@/features/jobs/jobs-list";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

export function JobsPage() {
  const { t } = useTranslation();
  usePageTitle(t("administration.jobs.title"));
  return (
    <>
      <PageHeader title={t("administration.jobs.title")} intro={t("administration.jobs.intro")} />
      <JobsList />
    </>
  );
}
