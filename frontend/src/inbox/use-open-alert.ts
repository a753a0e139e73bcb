import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";

/** The pages that can show an alert's drawer over themselves. */
const holdsDrawer = /^\/(notifications|stores\/\d+)$/;

/** Opens an alert's drawer: over the page as it is where it has one, else over the list of alerts. */
export function useOpenAlert(): (id: number) => void {
  const router = useRouter();
  return useCallback(
    (alert) => {
      if (holdsDrawer.test(router.state.location.pathname)) {
        void router.navigate({ to: ".", search: (before) => ({ ...before, alert }), resetScroll: false });
      } else {
        void router.navigate({ to: "/notifications", search: { tab: "alerts", alert }, resetScroll: false });
      }
    },
    [router],
  );
}
