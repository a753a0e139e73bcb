import { UnstyledButton } from "@mantine/core";
import { IconCircleCheckFilled, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertDetail, AlertStore } from "@/api/types";
import { dayAndTime } from "@/display/dates";
import { formatNumber } from "@/display/numbers";
import { useNow } from "@/display/use-now";
import css from "@/features/alerts/alert-drawer.module.css";

const shownAtFirst = 6;

/** Open stores first: they are what is still to be mended. */
export function AlertStores({ alert }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const stores = alert.stores.toSorted((a, b) => Number(a.healed_at !== null) - Number(b.healed_at !== null));
  const shown = isWhole ? stores : stores.slice(0, shownAtFirst);
  return (
    <section className={css.section}>
      <h3 className={css.sectionTitle}>
        {t("alerts.drawer.affectedStores")} <span className="num">{stores.length > 0 && stores.length}</span>
      </h3>
      {stores.length === 0 && <p className={css.quiet}>{t("alerts.drawer.noStores")}</p>}
      <ul className={css.stores}>
        {shown.map((store) => (
          <StoreLine key={store.store_id} store={store} />
        ))}
      </ul>
      {shown.length < stores.length && (
        <UnstyledButton className={css.showAll} onClick={() => setIsWhole(true)}>
          {t("alerts.drawer.showAllStores", { count: stores.length })}
        </UnstyledButton>
      )}
    </section>
  );
}

function StoreLine({ store }: { store: AlertStore }) {
  const { t } = useTranslation();
  const now = useNow();
  const isHealed = store.healed_at !== null;
  const StateIcon = isHealed ? IconCircleCheckFilled : IconCircleDashed;
  return (
    <li className={css.store} data-healed={isHealed || undefined}>
      <StateIcon size={16} aria-hidden />
      {store.store_name === null ? (
        <span className={css.storeName}>{t("alerts.drawer.storeUnknown", { id: store.store_id })}</span>
      ) : (
        <Link to="/stores/$id" params={{ id: store.store_id }} className={css.storeName}>
          {store.store_name}
        </Link>
      )}
      <span className={css.storeCount}>×{formatNumber(store.count)}</span>
      <span className={css.storeState}>
        {store.healed_at
          ? t("alerts.drawer.healedStore", { time: dayAndTime(store.healed_at, now) })
          : t("alerts.drawer.openStore")}
      </span>
    </li>
  );
}
