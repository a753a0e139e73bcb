import "@/directory/texts";
import { useTranslation } from "react-i18next";
import type { Merchant } from "@/api/types";
import { Fact, FactGroup, FactGroups, WebFact } from "@/ui/facts";
import { Time } from "@/ui/time";

export function MerchantOverview({ merchant }: { merchant: Merchant }) {
  const { t } = useTranslation();
  return (
    <FactGroups>
      <FactGroup title={t("directory.merchants.contact")}>
        <Fact name={t("directory.merchants.email")}>
          <a href={`mailto:${merchant.contact_email}`}>{merchant.contact_email}</a>
        </Fact>
        <Fact name={t("directory.merchants.phone")}>
          {merchant.contact_phone && <a href={`tel:${merchant.contact_phone}`}>{merchant.contact_phone}</a>}
        </Fact>
        <WebFact name={t("directory.merchants.website")} url={merchant.website} />
        <Fact name={t("directory.merchants.address")}>{merchant.business_address}</Fact>
      </FactGroup>
      <FactGroup title={t("directory.identity")}>
        <Fact name={t("directory.merchants.owner")}>{merchant.owner?.name}</Fact>
        <Fact name={t("directory.merchants.taxNumber")}>{merchant.tax_number}</Fact>
        <Fact name={t("directory.description")}>{merchant.description}</Fact>
        <Fact name={t("directory.verified")}>{merchant.is_verified ? t("directory.yes") : t("directory.no")}</Fact>
        <Fact name={t("directory.createdAt")}>
          <Time iso={merchant.created_at} as="day" />
        </Fact>
        <Fact name={t("directory.updatedAt")}>
          <Time iso={merchant.updated_at} as="day" />
        </Fact>
      </FactGroup>
    </FactGroups>
  );
}
