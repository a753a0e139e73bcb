import "@/features/imports/texts";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ImportsList } from "@/features/imports/imports-list";
import { LiveChip } from "@/realtime/live-chip";
import { useCan } from "@/session/current-user";
import { AddButton } from "@/ui/add-button";
import { PageHeader, Panel } from "@/ui/page";
import { lazyDialog } from "@/ui/part";
import { usePageTitle } from "@/ui/use-page-title";
import { dialogStep } from "@/url/dialog-step";

const ImportDialog = lazyDialog(() => import("@/features/imports/import-dialog"));
const route = getRouteApi("/app/imports");

export function ImportsPage() {
  const { t } = useTranslation();
  const { start, for_store, status, store } = route.useSearch();
  const navigate = route.useNavigate();
  const canRun = useCan("run-jobs");
  usePageTitle(t("imports.title"));
  const open = (start?: true) =>
    void navigate({ search: (before) => ({ ...before, start, for_store: undefined }), ...dialogStep(start) });
  const startButton = canRun && <AddButton label={t("imports.start")} onClick={() => open(true)} />;
  return (
    <>
      <PageHeader title={t("imports.title")} beside={<LiveChip />} intro={t("imports.intro")} actions={startButton} />
      <Panel label={t("imports.title")}>
        <ImportsList
          filters={{ status, store }}
          onFilter={(filters) => void navigate({ search: filters, replace: true })}
          startButton={startButton}
        />
      </Panel>
      {start && canRun && (
        <ImportDialog
          storeId={for_store}
          onClose={() => open()}
          onStarted={(job) => void navigate({ to: "/imports/$id", params: { id: job.id }, replace: true })}
        />
      )}
    </>
  );
}
