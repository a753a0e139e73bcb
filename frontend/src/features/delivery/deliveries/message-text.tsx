import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { DeliveryDetail } from "@/api/types";
import css from "@/features/delivery/deliveries/drawer.module.css";
import { linkKind } from "@/url/links";
import { PathLink } from "@/url/path-link";

/** What was to be read there. */
export function MessageText({ delivery: { body, action_url } }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  const titleId = useId();
  const kind = linkKind(action_url);
  return (
    <section className={css.section} aria-labelledby={titleId}>
      <h3 id={titleId} className={css.sectionTitle}>
        {t("delivery.drawer.message")}
      </h3>
      {body.trim() === "" ? (
        <p className={css.quiet}>{t("delivery.drawer.noBody")}</p>
      ) : (
        <p className={css.message}>{body}</p>
      )}
      {kind === "path" && action_url && <PathLink path={action_url}>{action_url}</PathLink>}
      {kind === "external" && action_url && (
        <a href={action_url} target="_blank" rel="noreferrer">
          {action_url}
        </a>
      )}
    </section>
  );
}
