import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { LetzshopRun } from "@/api/types";
import { duration } from "@/display/dates";
import { formatNumber } from "@/display/numbers";
import { useNow } from "@/display/use-now";
import css from "@/features/letzshop/run-table.module.css";
import { exportLanguage, phaseName } from "@/features/letzshop/wording";
import { RunBadge } from "@/letzshop-runs/run-badge";
import { isUnfinished } from "@/letzshop-runs/run-state";
import { askedFor, runKindName, runTitle } from "@/letzshop-runs/wording";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

interface Props {
  runs: readonly LetzshopRun[];
  /** All are of one store, which the page names. */
  isOfOneStore: boolean;
}

export function RunTable({ runs, isOfOneStore }: Props) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("letzshop.runs.run")}</th>
          <th>{t("letzshop.statusLabel")}</th>
          <th>{t("letzshop.runs.result")}</th>
          <th className={table.number}>{t("letzshop.runs.took")}</th>
          <th className={table.number}>{t("letzshop.runs.created")}</th>
        </>
      }
    >
      {runs.map((run) => (
        <RunLine key={run.id} run={run} isOfOneStore={isOfOneStore} />
      ))}
    </CardTable>
  );
}

function RunLine({ run, isOfOneStore }: { run: LetzshopRun; isOfOneStore: boolean }) {
  const { t } = useTranslation();
  return (
    <tr className={table.linked}>
      <td className={css.name}>
        <Link to="/letzshop/runs/$id" params={{ id: run.id }} className={table.link}>
          {isOfOneStore ? runTitle(t, run) : run.store_name || `#${run.store_id}`}
        </Link>
        {!isOfOneStore && <span className={css.sub}>{`#${run.id} · ${runKindName(t, run.kind)}`}</span>}
      </td>
      <td>
        <RunBadge status={run.status} />
      </td>
      <td className={`${css.result} ${table.wide}`}>
        <Result run={run} />
      </td>
      <td className={`${table.number} ${table.dropped}`}>
        <Took run={run} />
      </td>
      <td className={`${table.number} ${table.quiet}`}>
        <Time iso={run.created_at} as="ago" />
      </td>
    </tr>
  );
}

function Result({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  if (run.status === "failed" && run.error_message) {
    return (
      <span className={css.message} title={run.error_message}>
        {run.error_message}
      </span>
    );
  }
  const parts = [isUnfinished(run) && place(), ...outcome()].filter(Boolean);
  return <span className={css.quiet}>{parts.join(" · ")}</span>;

  function place() {
    return run.phase && run.page > 0 && t("letzshop.runs.page", { phase: phaseName(t, run.phase), page: run.page });
  }

  function outcome() {
    if (run.kind === "export") return [products(), exportLanguage(t, run)];
    if (run.kind === "fulfilment") return [askedFor(t, run) ?? (run.status === "completed" && t("letzshop.runs.sent"))];
    if (run.orders_processed === 0) return [!isUnfinished(run) && t("letzshop.runs.noOrders"), ...errors()];
    const { orders_created, orders_updated } = run;
    const news = [
      orders_created > 0 && t("letzshop.runs.fresh", { n: formatNumber(orders_created) }),
      orders_updated > 0 && t("letzshop.runs.changed", { n: formatNumber(orders_updated) }),
    ].filter(Boolean);
    const orders = t("letzshop.runs.orders", { count: run.orders_processed });
    return [`${orders}, ${news.length > 0 ? news.join(", ") : t("letzshop.runs.nothingNew")}`, ...errors()];
  }

  function products() {
    return run.shipments_fetched > 0 && t("letzshop.runs.products", { count: run.shipments_fetched });
  }

  function errors() {
    return [run.error_count > 0 && t("letzshop.runs.errors", { count: run.error_count })];
  }
}

export function Took({ run }: { run: LetzshopRun }) {
  const now = useNow();
  if (!run.started_at) return <>–</>;
  const end = run.completed_at ? Date.parse(run.completed_at) : now.getTime();
  return <>{duration(end - Date.parse(run.started_at))}</>;
}
