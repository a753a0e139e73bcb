import { useTranslation } from "react-i18next";
import type { LetzshopRun } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/features/letzshop/run-view.module.css";

/** What became of the shipments that a run fetched. */
export function RunCounts({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const counts = [
    { name: t("letzshop.run.fetched"), count: run.shipments_fetched },
    { name: t("letzshop.run.processed"), count: run.orders_processed },
    { name: t("letzshop.run.new"), count: run.orders_created },
    { name: t("letzshop.run.changed"), count: run.orders_updated },
    { name: t("letzshop.run.unchanged"), count: run.orders_unchanged },
    { name: t("letzshop.run.errors"), count: run.error_count, tone: "bad" },
  ];
  return (
    <dl className={css.counts}>
      {counts.map(({ name, count, tone }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-tone={count > 0 ? tone : undefined}>{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
