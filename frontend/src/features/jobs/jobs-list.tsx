import { Button } from "@mantine/core";
import { IconFilterOff, IconStack2 } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client, idempotent } from "@/api/client";
import { problemText } from "@/api/problem-text";
import { jobsKey, jobsQuery } from "@/features/jobs/api";
import { JobTable } from "@/features/jobs/job-table";
import { jobStates } from "@/features/jobs/search";
import filterCss from "@/filters/filter.module.css";
import { FilterMenu } from "@/filters/filter-menu";
import { EmptyState } from "@/ui/page-state";
import { PagedPanel } from "@/ui/paged-panel";
import { showToast } from "@/ui/toasts";
import { readChoices } from "@/url/read-search";

const route = getRouteApi("/app/jobs");

export function JobsList() {
  const { t } = useTranslation();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({ ...jobsQuery(state), refetchInterval: 15_000 });
  const retry = useRetryJob();
  return (
    <PagedPanel
      label={t("administration.jobs.title")}
      query={query}
      columns={5}
      toolbar={
        <div className={filterCss.bar}>
          <FilterMenu
            filter={{
              key: "state",
              label: t("administration.jobs.statusLabel"),
              options: jobStates.map((value) => ({ value, label: t(`administration.jobs.state.${value}`) })),
              selected: state ?? [],
              onChange: (chosen) => void navigate({ search: { state: readChoices(chosen, jobStates) }, replace: true }),
            }}
          />
        </div>
      }
      empty={
        state ? (
          <EmptyState
            icon={IconFilterOff}
            title={t("administration.jobs.emptyFiltered")}
            body={t("list.emptyFilteredBody")}
            action={
              <Button onClick={() => void navigate({ search: {}, replace: true })}>{t("action.clearFilters")}</Button>
            }
          />
        ) : (
          <EmptyState
            icon={IconStack2}
            title={t("administration.jobs.empty")}
            body={t("administration.jobs.emptyBody")}
          />
        )
      }
    >
      {(jobs) => <JobTable jobs={jobs} onRetry={retry} />}
    </PagedPanel>
  );
}

function useRetryJob(): (id: number) => void {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (job_id: number) =>
      client.POST("/api/v1/admin/jobs/{job_id}/retry", { params: { path: { job_id } }, headers: idempotent() }),
    onSuccess: (_answer, id) => showToast({ kind: "done", message: t("administration.jobs.retried", { id }) }),
    onError: (error) => showToast({ kind: "failed", message: problemText(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: jobsKey }),
  });
  return mutate;
}
