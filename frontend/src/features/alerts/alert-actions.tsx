import { useTranslation } from "react-i18next";
import type { AlertDetail } from "@/api/types";
import css from "@/features/alerts/alert-drawer.module.css";
import ActionBar from "@/inbox/actions/action-bar";

/** What its notifications offer, and what came of it; each store is named where there are several. */
export function AlertActions({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const ids = [...new Set(alert.actions.map(({ notification_id }) => notification_id))];
  if (ids.length === 0) return null;
  const storeName = (id: number | undefined | null) =>
    alert.stores.length > 1 ? alert.stores.find(({ store_id }) => store_id === id)?.store_name : null;
  return (
    <section className={css.section}>
      <h3 className={css.sectionTitle}>{t("actions.label")}</h3>
      <div className={css.actionBars}>
        {ids.map((id) => {
          const actions = alert.actions.filter(({ notification_id }) => notification_id === id);
          return (
            <ActionBar
              key={id}
              isAsked
              notificationId={id}
              actions={actions}
              about={alert.title}
              storeName={storeName(actions[0]?.store_id) ?? undefined}
            />
          );
        })}
      </div>
    </section>
  );
}
