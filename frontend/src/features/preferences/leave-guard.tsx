import { useBlocker } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

const ConfirmDialog = lazy(() => import("@/ui/confirm-dialog"));

/** Whoever leaves with changes that are not saved is asked first; a session that ended is not held up. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => isDirty && next.pathname !== "/login",
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <Suspense>
      <ConfirmDialog
        title={t("preferences.leave.title")}
        body={t("preferences.leave.body")}
        confirmLabel={t("preferences.leave.confirm")}
        cancelLabel={t("preferences.leave.stay")}
        isDangerous
        isBusy={false}
        onClose={blocker.reset}
        onConfirm={blocker.proceed}
      />
    </Suspense>
  );
}
