import { IconChecks, IconListCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { importRowsQuery, isRunning } from "@/features/imports/api";
import { DownloadRows } from "@/features/imports/download-rows";
import css from "@/features/imports/import-job.module.css";
import { RowsTable } from "@/features/imports/rows-table";
import { Segments } from "@/filters/segments";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import { readChoice } from "@/url/read-search";

const route = getRouteApi("/app/imports/$id");

/** Every row that was not imported, or not wholly, as it stood in the feed. */
export function ImportRows({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(importRowsQuery(job.id, search));
  const hasRows = query.data?.pages.some(({ items }) => items.length > 0) ?? false;
  return (
    <PagedPanel
      label={t("imports.job.rowsTitle")}
      query={query}
      columns={4}
      empty={<NoRows job={job} isFiltered={search.severity !== undefined} />}
      toolbar={
        <div className={css.rowsHeader}>
          <h2>{t("imports.job.rowsTitle")}</h2>
          <Segments
            filter={{
              label: t("imports.job.rowsTitle"),
              selected: search.severity ?? "",
              options: [
                { value: "", label: t("imports.job.rowsAll") },
                { value: "error", label: t("imports.job.rowsErrors") },
                { value: "warning", label: t("imports.job.rowsWarnings") },
              ],
              onChange: (value) =>
                void navigate({
                  search: { severity: readChoice(value, ["error", "warning"]) },
                  replace: true,
                  resetScroll: false,
                }),
            }}
          />
          {hasRows && <DownloadRows job={job} severity={search.severity} />}
        </div>
      }
    >
      {(rows) => <RowsTable rows={rows} />}
    </PagedPanel>
  );
}

function NoRows({ job, isFiltered }: { job: ImportJob; isFiltered: boolean }) {
  const { t } = useTranslation();
  if (isRunning(job)) {
    return <EmptyState icon={IconListCheck} title={t("imports.job.noRowsYet")} body={t("imports.job.noRowsYetBody")} />;
  }
  if (isFiltered || job.status === "failed" || job.status === "cancelled") {
    return <EmptyState icon={IconListCheck} title={t("imports.job.noneOfKind")} body={t("imports.job.noRowsBody")} />;
  }
  return <EmptyState icon={IconChecks} title={t("imports.job.noRows")} body={t("imports.job.noRowsBody")} />;
}
