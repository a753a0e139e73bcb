import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PersonChoice } from "@/features/preferences/person-choice";
import { PreferencesView } from "@/features/preferences/preferences-view";
import { useCan, useCurrentUser } from "@/session/current-user";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

const route = getRouteApi("/app/preferences");

export function PreferencesPage() {
  const { t } = useTranslation();
  const me = useCurrentUser();
  const canManage = useCan("manage");
  const { user: wanted } = route.useSearch();
  const navigate = route.useNavigate();
  const user = wanted === undefined || wanted === me.id ? null : wanted;
  usePageTitle(t("preferences.title"));
  return (
    <>
      <PageHeader
        title={t("preferences.title")}
        intro={t(user === null || !canManage ? "preferences.intro" : "preferences.introOther")}
        actions={
          canManage && <PersonChoice user={user} onChange={(chosen) => void navigate({ search: { user: chosen } })} />
        }
      />
      <PreferencesView key={user} user={user} />
    </>
  );
}
