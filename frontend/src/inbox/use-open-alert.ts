import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { readInboxSearch } from "@/inbox/search";

/** Opens an alert's drawer: over the list as it is, from other pages over the list of alerts. */
export function useOpenAlert(): (id: number) => void {
  const router = useRouter();
  return useCallback(
    (alert) => {
      const { pathname, search } = router.state.location;
      const list = pathname === "/notifications" ? readInboxSearch(search) : { tab: "alerts" as const }; // `as`: the literal
      void router.navigate({ to: "/notifications", search: { ...list, alert }, resetScroll: false });
    },
    [router],
  );
}
