import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Merchant } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { ActiveChip } from "@/ui/active-chip";
import { CardTable } from "@/ui/card-table";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

export function MerchantTable({ merchants }: { merchants: readonly Merchant[] }) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("directory.merchants.name")}</th>
          <th>{t("directory.activeLabel")}</th>
          <th>{t("directory.merchants.email")}</th>
          <th className={table.number}>{t("directory.merchants.stores")}</th>
          <th className={table.number}>{t("directory.createdAt")}</th>
        </>
      }
    >
      {merchants.map((merchant) => (
        <tr key={merchant.id} className={table.linked}>
          <td>
            <Link to="/merchants/$id" params={{ id: merchant.id }} className={table.link}>
              {merchant.name}
            </Link>
          </td>
          <td>
            <ActiveChip isActive={merchant.is_active} />
          </td>
          <td className={table.wide}>
            <a className={table.over} href={`mailto:${merchant.contact_email}`}>
              {merchant.contact_email}
            </a>
          </td>
          <td className={`${table.number} ${table.dropped}`}>{formatNumber(merchant.store_count)}</td>
          <td className={`${table.number} ${table.quiet} ${table.dropped}`}>
            <Time iso={merchant.created_at} as="ago" />
          </td>
        </tr>
      ))}
    </CardTable>
  );
}
