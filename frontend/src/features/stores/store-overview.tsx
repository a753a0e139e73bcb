import "@/directory/texts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Store } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { deliveryName } from "@/features/stores/wording";
import { Fact, FactGroup, FactGroups, WebFact } from "@/ui/facts";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

export function StoreOverview({ store }: { store: Store }) {
  const { t } = useTranslation();
  return (
    <FactGroups>
      <FactGroup title={t("directory.identity")}>
        <Fact name={t("directory.stores.code")}>
          <span className={table.code}>{store.store_code}</span>
        </Fact>
        <Fact name={t("directory.stores.subdomain")}>
          <span className={table.code}>{store.subdomain}</span>
        </Fact>
        <Fact name={t("directory.stores.merchant")}>
          <Link to="/merchants/$id" params={{ id: store.merchant_id }}>
            {store.merchant_name}
          </Link>
        </Fact>
        <Fact name={t("directory.description")}>{store.description}</Fact>
        <Fact name={t("directory.verified")}>{store.is_verified ? t("directory.yes") : t("directory.no")}</Fact>
        <Fact name={t("directory.createdAt")}>
          <Time iso={store.created_at} as="day" />
        </Fact>
        <Fact name={t("directory.updatedAt")}>
          <Time iso={store.updated_at} as="day" />
        </Fact>
      </FactGroup>
      <FactGroup title={t("directory.stores.feedSettings")}>
        <Fact name={t("directory.stores.taxRate")}>
          {t("directory.stores.taxRateValue", { n: store.letzshop_default_tax_rate })}
        </Fact>
        <Fact name={t("directory.stores.deliveryMethod")}>{deliveryName(t, store.letzshop_delivery_method)}</Fact>
        <Fact name={t("directory.stores.preorderDays")}>
          {store.letzshop_preorder_days === 0
            ? t("directory.stores.noPreorder")
            : t("directory.stores.preorderDaysValue", { count: store.letzshop_preorder_days })}
        </Fact>
        <Fact name={t("directory.stores.boostSort")}>{formatNumber(store.letzshop_boost_sort)}</Fact>
      </FactGroup>
      <FactGroup title={t("directory.stores.feeds")}>
        <WebFact name={t("directory.stores.feed.fr")} url={store.letzshop_csv_url_fr} />
        <WebFact name={t("directory.stores.feed.de")} url={store.letzshop_csv_url_de} />
        <WebFact name={t("directory.stores.feed.en")} url={store.letzshop_csv_url_en} />
      </FactGroup>
    </FactGroups>
  );
}
