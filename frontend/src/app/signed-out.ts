import type { QueryClient } from "@tanstack/react-query";
import i18n from "i18next";
import { onSignedOut } from "@/api/client";
import type { AppRouter } from "@/app/router";
import { dismissAll, showToast } from "@/ui/toasts";
import { readReturnTo } from "@/url/links";

/** A 401 anywhere leads to the sign-in page, which brings the user back to where they were. */
export function leaveWhenSignedOut(router: AppRouter, queryClient: QueryClient): () => void {
  let isLeaving = false;
  return onSignedOut(() => {
    if (isLeaving || router.state.location.pathname === "/login") return;
    isLeaving = true;
    const return_to = readReturnTo(router.state.location.href);
    dismissAll();
    showToast({ kind: "failed", message: i18n.t("shell.signedOut") });
    void router.navigate({ to: "/login", search: { return_to } }).finally(() => {
      // After the pages have gone: they would fetch again at once, and be refused again.
      queryClient.clear();
      isLeaving = false;
    });
  });
}
