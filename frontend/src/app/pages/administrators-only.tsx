import { IconLock } from "@tabler/icons-react";
import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCan } from "@/session/current-user";
import { EmptyState } from "@/ui/page-state";

export function AdministratorsOnly() {
  const { t } = useTranslation();
  if (useCan("manage")) return <Outlet />;
  return <EmptyState icon={IconLock} title={t("state.forbiddenTitle")} body={t("state.forbiddenBody")} />;
}
