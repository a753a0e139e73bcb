import { Button } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/page-state";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={IconMapQuestion}
      title={t("state.notFoundTitle")}
      body={t("state.notFoundBody")}
      action={
        <Button renderRoot={(props) => <Link to="/notifications" {...props} />}>
          {t("state.backToNotifications")}
        </Button>
      }
    />
  );
}
