import { useTranslation } from "react-i18next";
import type { LetzshopCredentials, Store } from "@/api/types";
import css from "@/features/letzshop/connected-store.module.css";
import { ConnectionActions } from "@/features/letzshop/connection-actions";
import { ConnectionFacts } from "@/features/letzshop/connection-facts";
import { ProductExport } from "@/features/letzshop/product-export";
import { StoreRuns } from "@/features/letzshop/store-runs";

interface Props {
  store: Store;
  connection: LetzshopCredentials;
  onEdit: () => void;
}

export function ConnectedStore({ store, connection, onEdit }: Props) {
  return (
    <>
      <ConnectionActions store={store} onEdit={onEdit} />
      <LastError connection={connection} />
      <ConnectionFacts store={store} connection={connection} />
      <ProductExport store={store} />
      <StoreRuns store={store} connection={connection} />
    </>
  );
}

function LastError({ connection }: { connection: LetzshopCredentials }) {
  const { t } = useTranslation();
  const { last_error, last_status } = connection;
  if (last_error === null) return null;
  return (
    <div className={css.error} data-status={last_status}>
      <b>{t("letzshop.connection.lastError")}</b>
      <p>{last_error}</p>
    </div>
  );
}
