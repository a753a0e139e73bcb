import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { LetzshopRun } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { Took } from "@/features/letzshop/run-table";
import { exportLanguage } from "@/features/letzshop/wording";
import { askedFor } from "@/letzshop-runs/wording";
import { FactLine, LineFact, LineMoment } from "@/ui/fact-line";
import { PathLink } from "@/url/path-link";

export function RunFacts({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const asked = askedFor(t, run) ?? exportLanguage(t, run);
  return (
    <FactLine>
      <LineFact name={t("letzshop.run.store")}>
        <Link to="/stores/$id" params={{ id: run.store_id }} search={{ tab: "letzshop" }}>
          {run.store_name || `#${run.store_id}`}
        </Link>
      </LineFact>
      {run.order_id !== null && (
        <LineFact name={t("letzshop.run.order")}>
          <PathLink path={`/orders/${run.order_id}`}>#{run.order_id}</PathLink>
        </LineFact>
      )}
      {asked && <LineFact name={t("letzshop.run.asked")}>{asked}</LineFact>}
      {run.kind === "export" && (
        <LineFact name={t("letzshop.run.products")}>{formatNumber(run.shipments_fetched)}</LineFact>
      )}
      <LineFact name={t("letzshop.run.startedBy")}>
        {run.started_by?.name ?? t(run.is_on_demand ? "letzshop.run.onDemand" : "letzshop.run.schedule")}
      </LineFact>
      <LineMoment name={t("letzshop.run.created")} iso={run.created_at} />
      <LineMoment name={t("letzshop.run.started")} iso={run.started_at} />
      <LineMoment name={t("letzshop.run.completed")} iso={run.completed_at} />
      {run.started_at && (
        <LineFact name={t("letzshop.run.took")}>
          <Took run={run} />
        </LineFact>
      )}
    </FactLine>
  );
}
