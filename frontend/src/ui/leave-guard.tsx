import "@/ui/unsaved-texts";
import { useBlocker } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useHoldSheet } from "@/ui/hold-sheet";

const ConfirmDialog = lazy(() => import("@/ui/confirm-dialog"));

/**
 * Whoever leaves with changes that are not saved is asked first, also who closes the sheet that the form is in, as that
 * is in the address; a session that ended is not held up.
 */
export function LeaveGuard({ isChanged }: { isChanged: () => boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => isChanged() && next.pathname !== "/login",
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  useHoldSheet(blocker.status === "blocked");
  useRelease(blocker.reset);
  if (blocker.status !== "blocked") return null;
  return (
    <Suspense>
      <ConfirmDialog
        title={t("unsaved.leave.title")}
        body={t("unsaved.leave.body")}
        confirmLabel={t("unsaved.leave.confirm")}
        cancelLabel={t("unsaved.leave.stay")}
        isDangerous
        isBusy={false}
        onClose={blocker.reset}
        onConfirm={blocker.proceed}
      />
    </Suspense>
  );
}

/** A question whose form goes away is answered with staying: else the address bar would stay where Back went. */
function useRelease(reset: (() => void) | undefined): void {
  const latest = useRef(reset);
  useEffect(() => {
    latest.current = reset;
  }, [reset]);
  useEffect(() => () => latest.current?.(), []);
}
