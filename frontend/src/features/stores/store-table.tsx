import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Store } from "@/api/types";
import css from "@/features/stores/store-table.module.css";
import { useCan } from "@/session/current-user";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";

export function StoreTable({ stores }: { stores: readonly Store[] }) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("directory.stores.name")}</th>
          <th>{t("directory.stores.code")}</th>
          <th>{t("directory.stores.merchant")}</th>
          <th aria-label={t("shell.palette.actions")} />
        </>
      }
    >
      {stores.map((store) => (
        <StoreLine key={store.id} store={store} />
      ))}
    </CardTable>
  );
}

function StoreLine({ store }: { store: Store }) {
  const { t } = useTranslation();
  const canRun = useCan("run-jobs");
  return (
    <tr>
      <td>
        <span className={table.strong}>{store.name}</span>
        <span className={css.sub}>
          {store.subdomain}
          {!store.is_active && ` · ${t("directory.stores.inactive")}`}
        </span>
      </td>
      <td className={table.code}>{store.store_code}</td>
      <td className={`${css.merchant} ${table.wide}`}>{store.merchant_name}</td>
      <td className={`${css.actions} ${table.wide}`}>
        <div>
          <Button
            size="compact-sm"
            renderRoot={(props) => <Link {...props} to="/notifications" search={{ store: [store.id] }} />}
          >
            {t("shell.page.notifications")}
          </Button>
          <Button
            size="compact-sm"
            renderRoot={(props) => <Link {...props} to="/imports" search={{ store: [store.id] }} />}
          >
            {t("directory.stores.imports")}
          </Button>
          {canRun && (
            <Button
              size="compact-sm"
              aria-label={`${t("imports.start")}: ${store.name}`}
              renderRoot={(props) => <Link {...props} to="/imports" search={{ start: true, for_store: store.id }} />}
            >
              {t("imports.start")}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}
