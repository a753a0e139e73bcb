import { useTranslation } from "react-i18next";
import css from "@/features/account/account.module.css";
import { useCurrentUser } from "@/session/current-user";
import { Panel } from "@/ui/page";

export function Profile() {
  const { t } = useTranslation();
  const { name, email, role } = useCurrentUser();
  return (
    <Panel>
      <div className={css.card}>
        <h2 className={css.title}>{t("account.profile")}</h2>
        <dl className={css.facts}>
          <dt>{t("account.name")}</dt>
          <dd>{name}</dd>
          <dt>{t("account.email")}</dt>
          <dd>{email}</dd>
          <dt>{t("account.role")}</dt>
          <dd>{t(`shell.role.${role}`)}</dd>
        </dl>
      </div>
    </Panel>
  );
}
