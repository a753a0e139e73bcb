import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { failureOf } from "@/api/problem";
import type { LetzshopCredentials, Store } from "@/api/types";
import { latestRunsQuery } from "@/features/letzshop/api";
import css from "@/features/letzshop/connected-store.module.css";
import { RunTable } from "@/features/letzshop/run-table";
import { ErrorState } from "@/ui/page-state";
import { TableSkeleton } from "@/ui/table-states";

interface Props {
  store: Store;
  connection: LetzshopCredentials;
}

/** What was done lately for one store. */
export function StoreRuns({ store, connection }: Props) {
  const { t } = useTranslation();
  const query = useQuery(latestRunsQuery(connection.store_id));
  const runs = query.data;
  const failure = runs === undefined ? failureOf(query) : null;
  return (
    <section aria-label={t("letzshop.connection.runsTitle")}>
      <div className={css.runsHead}>
        <h2>{t("letzshop.connection.runsTitle")}</h2>
        {runs && runs.length > 0 && (
          <Link to="/letzshop/runs" search={{ store: [connection.store_id] }}>
            {t("letzshop.connection.allRuns")}
          </Link>
        )}
      </div>
      {failure ? <ErrorState error={failure} onRetry={() => void query.refetch()} /> : null}
      {query.isPending && !failure && <TableSkeleton columns={5} />}
      {runs?.length === 0 && <NoRuns store={store} connection={connection} />}
      {runs && runs.length > 0 && <RunTable runs={runs} isOfOneStore />}
    </section>
  );
}

function NoRuns({ store, connection }: Props) {
  const { t } = useTranslation();
  const { auto_sync_enabled, sync_interval_minutes } = connection;
  const interval = t("letzshop.connection.minutes", { count: sync_interval_minutes });
  const waiting = auto_sync_enabled
    ? t("letzshop.connection.noRuns", { interval })
    : t("letzshop.connection.noRunsManual");
  return <p className={css.noRuns}>{store.is_active ? waiting : t("letzshop.connection.noRunsInactive")}</p>;
}
