import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LoginForm } from "@/features/auth/login-form";
import { currentUserQuery } from "@/session/current-user";
import { usePageTitle } from "@/ui/use-page-title";

const route = getRouteApi("/login");

export function LoginPage() {
  const { t } = useTranslation();
  const { return_to = "/notifications" } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  usePageTitle(t("shell.page.login"));
  return (
    <LoginForm
      onSignedIn={(user) => {
        // What another account saw must not flash up in this one.
        queryClient.clear();
        queryClient.setQueryData(currentUserQuery.queryKey, user);
        void router.navigate({ href: return_to, replace: true });
      }}
    />
  );
}
