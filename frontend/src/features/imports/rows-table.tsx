import { UnstyledButton } from "@mantine/core";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportRowError } from "@/api/types";
import { formatNumber } from "@/display/numbers";
import css from "@/features/imports/import-job.module.css";
import { CardTable } from "@/ui/card-table";
import { LevelBadge } from "@/ui/level-badge";
import table from "@/ui/table.module.css";

export function RowsTable({ rows }: { rows: readonly ImportRowError[] }) {
  const { t } = useTranslation();
  return (
    <CardTable
      head={
        <>
          <th>{t("imports.job.row")}</th>
          <th>{t("imports.column.status")}</th>
          <th>{t("imports.job.field")}</th>
          <th>{t("imports.job.problem")}</th>
          <th>{t("imports.job.raw")}</th>
        </>
      }
    >
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row may have several problems with the same code; the list only grows
        <RowLines key={`${row.row_number}-${row.code}-${at}`} row={row} />
      ))}
    </CardTable>
  );
}

function RowLines({ row }: { row: ImportRowError }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const label = isOpen ? t("action.close") : t("action.view");
  return (
    <Fragment>
      <tr>
        <td className={css.rowNumber}>
          <span className={css.rowWord}>{t("imports.job.row")}</span> {formatNumber(row.row_number)}
        </td>
        <td>
          <LevelBadge value={row.severity} />
        </td>
        <td className={table.code}>{row.field ?? "–"}</td>
        <td className={`${css.problem} ${table.wide}`}>{row.message}</td>
        <td>
          <UnstyledButton
            className={css.rawToggle}
            aria-label={`${label}: ${t("imports.job.row")} ${formatNumber(row.row_number)}`}
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {label}
          </UnstyledButton>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5} className={`${css.rawCell} ${table.wide}`}>
            <RawRow row={row} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** The columns as the feed had them, the culprit marked. */
function RawRow({ row }: { row: ImportRowError }) {
  const { t } = useTranslation();
  const cells = Object.entries(row.raw);
  return (
    <dl className={css.rawTable} aria-label={t("imports.job.showRaw")}>
      {cells.map(([name, value]) => (
        <Fragment key={name}>
          <dt data-culprit={name === row.field || undefined}>{name}</dt>
          <dd data-culprit={name === row.field || undefined}>
            {typeof value === "string" ? value : JSON.stringify(value)}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
