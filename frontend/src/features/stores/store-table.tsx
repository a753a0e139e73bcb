import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Store } from "@/api/types";
import css from "@/features/stores/store-table.module.css";
import { useCan } from "@/session/current-user";
import { ActiveChip } from "@/ui/active-chip";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";

interface Props {
  stores: readonly Store[];
  /** All are of one merchant, whom the page names. */
  isOfOneMerchant: boolean;
}

export function StoreTable({ stores, isOfOneMerchant }: Props) {
  const { t } = useTranslation();
  const canRun = useCan("run-jobs");
  return (
    <CardTable
      head={
        <>
          <th>{t("directory.stores.name")}</th>
          <th>{t("directory.activeLabel")}</th>
          {!isOfOneMerchant && <th>{t("directory.stores.merchant")}</th>}
          <th>{t("directory.stores.code")}</th>
          {canRun && <th aria-label={t("shell.palette.actions")} />}
        </>
      }
    >
      {stores.map((store) => (
        <tr key={store.id} className={table.linked}>
          <td className={css.name}>
            <Link to="/stores/$id" params={{ id: store.id }} className={table.link}>
              {store.name}
            </Link>
            <span className={css.sub}>{store.subdomain}</span>
          </td>
          <td className={css.state}>
            <ActiveChip isActive={store.is_active} />
          </td>
          {!isOfOneMerchant && (
            <td className={`${css.merchant} ${table.wide}`}>
              <Link to="/merchants/$id" params={{ id: store.merchant_id }} className={table.over}>
                {store.merchant_name}
              </Link>
            </td>
          )}
          <td className={`${table.code} ${css.code}`}>{store.store_code}</td>
          {canRun && (
            <td className={css.actions}>
              <ImportButton store={store} />
            </td>
          )}
        </tr>
      ))}
    </CardTable>
  );
}

function ImportButton({ store }: { store: Store }) {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-sm"
      className={table.over}
      aria-label={`${t("imports.start")}: ${store.name}`}
      renderRoot={(props) => (
        <Link {...props} to="/stores/$id" params={{ id: store.id }} search={{ tab: "imports", start: true }} />
      )}
    >
      {t("imports.start")}
    </Button>
  );
}
