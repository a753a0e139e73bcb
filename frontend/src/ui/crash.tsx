import { Button } from "@mantine/core";
import { IconBug } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/page-state";

export function Crash() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={IconBug}
      title={t("state.crashTitle")}
      body={t("state.crashBody")}
      action={<Button onClick={() => window.location.reload()}>{t("state.reload")}</Button>}
    />
  );
}
