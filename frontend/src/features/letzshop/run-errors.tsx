import { IconChecks } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { LetzshopRun } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/features/letzshop/run-errors.module.css";
import { isUnfinished } from "@/letzshop-runs/run-state";
import { CardTable } from "@/ui/card-table";
import { Panel } from "@/ui/page";
import { EmptyState } from "@/ui/page-state";
import table from "@/ui/table.module.css";

/** The shipments that a run could not take, each with the reason. */
export function RunErrors({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const isClean = run.status === "completed";
  if (run.errors.length === 0 && (isUnfinished(run) || !isClean)) return null;
  return (
    <Panel label={t("letzshop.run.errorsTitle")}>
      {run.errors.length === 0 ? (
        <EmptyState icon={IconChecks} title={t("letzshop.run.allTaken")} body={t("letzshop.run.allTakenBody")} />
      ) : (
        <ErrorTable run={run} />
      )}
    </Panel>
  );
}

function ErrorTable({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const { errors, error_count } = run;
  return (
    <>
      <div className={css.errorsHeader}>
        <h2>{t("letzshop.run.errorsTitle")}</h2>
        {errors.length < error_count && (
          <p>{t("letzshop.run.firstErrors", { n: formatNumber(errors.length), total: formatNumber(error_count) })}</p>
        )}
      </div>
      <CardTable
        head={
          <>
            <th>{t("letzshop.run.shipment")}</th>
            <th>{t("letzshop.run.message")}</th>
          </>
        }
      >
        {errors.map(({ shipment_id, message }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a shipment may fail twice with the same words; the list only grows
          <tr key={at}>
            <td className={`${css.shipment} ${shipment_id ? table.code : table.quiet} ${table.wide}`}>
              {shipment_id ?? t("letzshop.run.unnamed")}
            </td>
            <td className={`${css.problem} ${table.wide}`}>{message}</td>
          </tr>
        ))}
      </CardTable>
    </>
  );
}
