import "@/inbox/snooze/texts";
import { IconBellZ } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/page-state";

export default function NothingSnoozed() {
  const { t } = useTranslation();
  return <EmptyState icon={IconBellZ} title={t("snooze.empty")} body={t("snooze.emptyBody")} />;
}
