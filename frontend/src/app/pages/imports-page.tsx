import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ImportsList } from "@/features/imports/imports-list";
import { LiveChip } from "@/realtime/live-chip";
import { useCan } from "@/session/current-user";
import { PageHeader } from "@/ui/page";
import { usePageTitle } from "@/ui/use-page-title";

const ImportDialog = lazy(() => import("@/features/imports/import-dialog"));
const route = getRouteApi("/app/imports");

export function ImportsPage() {
  const { t } = useTranslation();
  const { start, for_store } = route.useSearch();
  const navigate = route.useNavigate();
  const canRun = useCan("run-jobs");
  usePageTitle(t("imports.title"));
  // Closing replaces what opening pushed: Back must not open it again.
  const open = (isOpen: boolean) =>
    void navigate({
      search: (before) => ({ ...before, start: isOpen || undefined, for_store: undefined }),
      replace: !isOpen,
      resetScroll: false,
    });
  const startButton = canRun && (
    <Button variant="filled" leftSection={<IconPlus size={16} />} onClick={() => open(true)}>
      {t("imports.start")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("imports.title")} beside={<LiveChip />} intro={t("imports.intro")} actions={startButton} />
      <ImportsList startButton={startButton} />
      {start && canRun && (
        <Suspense>
          <ImportDialog
            storeId={for_store}
            onClose={() => open(false)}
            onStarted={(job) => void navigate({ to: "/imports/$id", params: { id: job.id }, replace: true })}
          />
        </Suspense>
      )}
    </>
  );
}
