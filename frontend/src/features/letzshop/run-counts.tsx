import { useTranslation } from "react-i18next";
import type { LetzshopRun } from "@/api/types";
import { Counts } from "@/ui/counts";

/** What became of the shipments that a run fetched. */
export function RunCounts({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  return (
    <Counts
      counts={[
        { name: t("letzshop.run.fetched"), count: run.shipments_fetched },
        { name: t("letzshop.run.processed"), count: run.orders_processed },
        { name: t("letzshop.run.new"), count: run.orders_created },
        { name: t("letzshop.run.changed"), count: run.orders_updated },
        { name: t("letzshop.run.unchanged"), count: run.orders_unchanged },
        { name: t("letzshop.run.errors"), count: run.error_count, tone: "bad" },
      ]}
    />
  );
}
