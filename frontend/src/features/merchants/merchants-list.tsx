import { IconUsers, IconZoomExclamation } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Merchant } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import { merchantsQuery } from "@/features/merchants/api";
import filterCss from "@/filters/filter.module.css";
import { SearchField } from "@/filters/search-field";
import { CardTable } from "@/ui/card-table";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

const route = getRouteApi("/app/merchants");

export function MerchantsList({ createButton }: { createButton: ReactNode }) {
  const { t } = useTranslation();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(merchantsQuery(q));
  return (
    <PagedPanel
      label={t("directory.merchants.title")}
      query={query}
      columns={4}
      toolbar={
        <div className={filterCss.bar}>
          <SearchField
            value={q ?? ""}
            label={t("directory.merchants.search")}
            onChange={(text) =>
              void navigate({ search: (before) => ({ ...before, q: text || undefined }), replace: true })
            }
          />
        </div>
      }
      empty={
        q ? (
          <EmptyState
            icon={IconZoomExclamation}
            title={t("directory.noMatch", { q })}
            body={t("directory.noMatchBody")}
          />
        ) : (
          <EmptyState
            icon={IconUsers}
            title={t("directory.merchants.empty")}
            body={t("directory.merchants.emptyBody")}
            action={createButton}
          />
        )
      }
    >
      {(merchants) => <MerchantTable merchants={merchants} />}
    </PagedPanel>
  );
}

function MerchantTable({ merchants }: { merchants: readonly Merchant[] }) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("directory.merchants.name")}</th>
          <th>{t("directory.merchants.email")}</th>
          <th className={table.number}>{t("directory.merchants.stores")}</th>
          <th className={table.number}>{t("directory.merchants.createdAt")}</th>
        </>
      }
    >
      {merchants.map((merchant) => (
        <tr key={merchant.id} className={table.linked}>
          <td>
            <Link to="/stores" search={{ merchant: merchant.id }} className={table.link}>
              {merchant.name}
            </Link>
          </td>
          <td className={table.wide}>
            <a className={table.over} href={`mailto:${merchant.contact_email}`}>
              {merchant.contact_email}
            </a>
          </td>
          <td className={`${table.number} ${table.dropped}`}>{formatNumber(merchant.store_count)}</td>
          <td className={`${table.number} ${table.quiet}`}>
            <Time iso={merchant.created_at} as="ago" />
          </td>
        </tr>
      ))}
    </CardTable>
  );
}
