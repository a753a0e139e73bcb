import { useTranslation } from "react-i18next";
import type { MailTest } from "@/api/types";
import shared from "@/features/delivery/delivery.module.css";
import css from "@/features/delivery/destinations/test-outcome.module.css";
import { StatusBadge } from "@/ui/status-badge";

/** What became of a test mail, the settings it was sent with, and the server's own words. */
export function MailAnswer({ answer: { to, outcome, settings, status_code, answer, error } }: { answer: MailTest }) {
  const { t } = useTranslation();
  const isSent = outcome === "sent";
  const said = [error, answer].filter(Boolean).join("\n");
  const sentence = isSent
    ? t("delivery.mail.sent", { to })
    : settings === null
      ? t("delivery.mail.noServer")
      : t("delivery.mail.notSent", { to });
  return (
    <div className={css.outcome}>
      <StatusBadge standing={isSent ? "good" : "bad"} label={t(`delivery.drawer.outcome.${outcome}`)} />
      <p>{sentence}</p>
      {settings && (
        <div>
          <p className={css.quiet}>{t("delivery.mail.settings")}</p>
          <dl className={shared.facts}>
            <dt>{t("delivery.mail.server")}</dt>
            <dd>{`${settings.host}:${settings.port}`}</dd>
            <dt>{t("delivery.mail.security")}</dt>
            <dd>{settings.security}</dd>
            <dt>{t("delivery.mail.user")}</dt>
            <dd>{settings.user ?? t("delivery.mail.noUser")}</dd>
            <dt>{t("delivery.mail.sender")}</dt>
            <dd>{settings.sender}</dd>
          </dl>
        </div>
      )}
      {(settings || said !== "") && (
        <div>
          <p className={css.quiet}>
            {t("delivery.mail.answer")}
            {status_code !== null && ` · ${t("delivery.drawer.code", { code: status_code })}`}
          </p>
          <pre className={shared.answer} data-failed={!isSent || undefined}>
            {said === "" ? t("delivery.mail.noAnswer") : said}
          </pre>
        </div>
      )}
    </div>
  );
}
