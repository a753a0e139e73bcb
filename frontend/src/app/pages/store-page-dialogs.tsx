import "@/features/imports/texts";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Store } from "@/api/types";
import { useCan } from "@/session/current-user";
import { AddButton } from "@/ui/add-button";
import { lazyDialog } from "@/ui/part";
import { dialogStep } from "@/url/dialog-step";

const AlertDrawer = lazyDialog(() => import("@/features/alerts/alert-drawer"));
const EditStore = lazyDialog(() => import("@/features/stores/edit-store"));
const ImportDialog = lazyDialog(() => import("@/features/imports/import-dialog"));
const WhySheet = lazyDialog(() => import("@/inbox/why/why-sheet"));
const route = getRouteApi("/app/stores/$id");

/** What is open over the page of a store, as its address says. */
export function StoreDialogs({ store }: { store: Store }) {
  const { alert, edit, start, why } = route.useSearch();
  const navigate = route.useNavigate();
  const canManage = useCan("manage");
  const canRun = useCan("run-jobs");
  const close = () =>
    void navigate({
      search: (before) => ({ ...before, alert: undefined, edit: undefined, start: undefined, why: undefined }),
      ...dialogStep(false),
    });
  return (
    <>
      {alert !== undefined && <AlertDrawer key={alert} id={alert} onClose={close} />}
      {why !== undefined && <WhySheet key={why} notificationId={why} onClose={close} />}
      {edit && canManage && <EditStore store={store} onClose={close} />}
      {start && canRun && (
        <ImportDialog
          storeId={store.id}
          onClose={close}
          onStarted={(job) => void navigate({ to: "/imports/$id", params: { id: job.id }, replace: true })}
        />
      )}
    </>
  );
}

/** An import for the store of this page. */
export function StartImport({ isQuiet = false }: { isQuiet?: boolean }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const start = () => void navigate({ search: (before) => ({ ...before, start: true }), ...dialogStep(true) });
  return useCan("run-jobs") ? <AddButton label={t("imports.start")} onClick={start} isQuiet={isQuiet} /> : null;
}
