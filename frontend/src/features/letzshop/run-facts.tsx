import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LetzshopRun } from "@/api/types";
import { Took } from "@/features/letzshop/run-table";
import css from "@/features/letzshop/run-view.module.css";
import { askedFor } from "@/features/letzshop/wording";
import { Time } from "@/ui/time";
import { PathLink } from "@/url/path-link";

export function RunFacts({ run }: { run: LetzshopRun }) {
  const { t } = useTranslation();
  const asked = askedFor(t, run);
  return (
    <dl className={css.facts}>
      <Fact name={t("letzshop.run.store")}>
        <Link to="/stores/$id" params={{ id: run.store_id }} search={{ tab: "letzshop" }}>
          {run.store_name || `#${run.store_id}`}
        </Link>
      </Fact>
      {run.order_id !== null && (
        <Fact name={t("letzshop.run.order")}>
          <PathLink path={`/orders/${run.order_id}`}>#{run.order_id}</PathLink>
        </Fact>
      )}
      {asked && <Fact name={t("letzshop.run.asked")}>{asked}</Fact>}
      <Fact name={t("letzshop.run.startedBy")}>
        {run.started_by?.name ?? t(run.is_on_demand ? "letzshop.run.onDemand" : "letzshop.run.schedule")}
      </Fact>
      <Moment name={t("letzshop.run.created")} iso={run.created_at} />
      <Moment name={t("letzshop.run.started")} iso={run.started_at} />
      <Moment name={t("letzshop.run.completed")} iso={run.completed_at} />
      {run.started_at && (
        <Fact name={t("letzshop.run.took")}>
          <Took run={run} />
        </Fact>
      )}
    </dl>
  );
}

function Moment({ name, iso }: { name: string; iso: string | null }) {
  if (iso === null) return null;
  return (
    <Fact name={name}>
      <Time iso={iso} as="day" />
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}
