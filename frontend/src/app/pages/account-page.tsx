import "@/features/account/texts";
import { useTranslation } from "react-i18next";
import css from "@/features/account/account.module.css";
import { BrowserPreferences } from "@/features/account/browser-preferences";
import { PasswordForm } from "@/features/account/password-form";
import { Profile } from "@/features/account/profile";
import { SessionList } from "@/features/account/session-list";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

export function AccountPage() {
  const { t } = useTranslation();
  usePageTitle(t("account.title"));
  return (
    <>
      <PageHeader title={t("account.title")} />
      <div className={css.columns}>
        <Profile />
        <BrowserPreferences />
        <PasswordForm />
        <SessionList />
      </div>
    </>
  );
}
