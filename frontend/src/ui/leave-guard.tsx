import "@/ui/unsaved-texts";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
// Here from the start: whoever leaves may be offline, and what was typed must not go with a file that cannot be loaded.
import ConfirmDialog from "@/ui/confirm-dialog";
import { useHoldSheet } from "@/ui/hold-sheet";

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
