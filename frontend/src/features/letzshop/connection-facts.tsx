import { useTranslation } from "react-i18next";
import type { LetzshopCredentials, Store } from "@/api/types";
import { useNow } from "@/display/use-now";
import css from "@/features/letzshop/connected-store.module.css";
import { RunBadge } from "@/letzshop-runs/run-badge";
import { Fact, FactGroup, FactGroups } from "@/ui/facts";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

export function ConnectionFacts({ store, connection }: { store: Store; connection: LetzshopCredentials }) {
  const { t } = useTranslation();
  const { auto_sync_enabled, sync_interval_minutes, last_status, last_sync_at, last_success_at } = connection;
  const never = t("letzshop.connection.never");
  return (
    <FactGroups>
      <FactGroup title={t("letzshop.connection.state")}>
        <Fact name={t("letzshop.connection.lastSync")}>
          <span className={css.withBadge}>
            {last_sync_at ? <Time iso={last_sync_at} as="ago" /> : never}{" "}
            {last_status && <RunBadge status={last_status} />}
          </span>
        </Fact>
        <Fact name={t("letzshop.connection.lastSuccess")}>
          {last_success_at ? <Time iso={last_success_at} as="ago" /> : never}
        </Fact>
        <Fact name={t("letzshop.connection.nextSync")}>
          {store.is_active ? <NextSync iso={connection.next_sync_at} /> : t("letzshop.connection.notInactive")}
        </Fact>
      </FactGroup>
      <FactGroup title={t("letzshop.connection.title")}>
        <Fact name={t("letzshop.connection.key")}>
          <span className={table.code}>{`…${connection.api_key_last4}`}</span>
        </Fact>
        <Fact name={t("letzshop.connection.address")}>
          <span className={table.code}>{connection.endpoint_url}</span>
        </Fact>
        <Fact name={t("letzshop.connection.schedule")}>
          {auto_sync_enabled
            ? t("letzshop.connection.intervalValue", { count: sync_interval_minutes })
            : t("letzshop.connection.autoOff")}
        </Fact>
        <Fact name={t("letzshop.connection.carrier")}>{connection.default_carrier}</Fact>
        <Fact name={t("letzshop.connection.since")}>
          <Time iso={connection.connected_at} as="day" />
        </Fact>
      </FactGroup>
    </FactGroups>
  );
}

function NextSync({ iso }: { iso: string | null }) {
  const { t } = useTranslation();
  const now = useNow();
  if (iso === null) return t("letzshop.connection.noNext");
  return Date.parse(iso) <= now.getTime() ? t("letzshop.connection.soon") : <Time iso={iso} as="day" />;
}
