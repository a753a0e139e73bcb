import "@/features/audit-log/texts";
import { useTranslation } from "react-i18next";
import { AuditLog } from "@/features/audit-log/audit-log";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

export function AuditLogPage() {
  const { t } = useTranslation();
  usePageTitle(t("administration.audit.title"));
  return (
    <>
      <PageHeader title={t("administration.audit.title")} intro={t("administration.audit.intro")} />
      <AuditLog />
    </>
  );
}
