import { IconListDetails } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { AuditEntry } from "@/api/types";
import { CardTable } from "@/ui/card-table";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import table from "@/ui/table.module.css";
import { Time } from "@/ui/time";

const path = "/api/v1/admin/audit-log";

const auditLogQuery = pagedQuery(["get", path, "list"], async (cursor, signal) =>
  answered(await client.GET(path, { params: { query: present({ limit: 50, cursor }) }, signal })),
);

export function AuditLog() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(auditLogQuery);
  return (
    <PagedPanel
      label={t("administration.audit.title")}
      query={query}
      columns={5}
      empty={
        <EmptyState
          icon={IconListDetails}
          title={t("administration.audit.empty")}
          body={t("administration.audit.emptyBody")}
        />
      }
    >
      {(entries) => <EntryTable entries={entries} />}
    </PagedPanel>
  );
}

function EntryTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("administration.audit.when")}</th>
          <th>{t("administration.audit.who")}</th>
          <th>{t("administration.audit.action")}</th>
          <th>{t("administration.audit.target")}</th>
          <th>{t("administration.audit.from")}</th>
        </>
      }
    >
      {entries.map((entry) => (
        <tr key={entry.id}>
          <td className={table.quiet}>
            <Time iso={entry.at} as="day" />
          </td>
          <td className={table.strong}>{entry.actor_name}</td>
          <td className={table.code}>{entry.action}</td>
          <td className={table.wide}>{entry.target ?? "–"}</td>
          <td className={`${table.quiet} ${table.dropped}`}>{entry.address ?? "–"}</td>
        </tr>
      ))}
    </CardTable>
  );
}
