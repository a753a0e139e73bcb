import "@/features/escalation/texts";
import { useTranslation } from "react-i18next";
import { EscalationPolicy } from "@/features/escalation/escalation-policy";
import { PageHeader, Panel } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

export function EscalationPage() {
  const { t } = useTranslation();
  usePageTitle(t("shell.page.escalation"));
  return (
    <>
      <PageHeader title={t("shell.page.escalation")} intro={t("escalation.intro")} />
      <Panel label={t("shell.page.escalation")}>
        <EscalationPolicy />
      </Panel>
    </>
  );
}
