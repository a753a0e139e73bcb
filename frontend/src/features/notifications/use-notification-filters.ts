import { useTranslation } from "react-i18next";
import { typeName } from "@/features/notifications/wording";
import type { Filters } from "@/filters/filter";
import { notificationTypes, priorities } from "@/inbox/search";
import { useAddressFilters } from "@/inbox/use-address-filters";

export function useNotificationFilters(): Filters {
  const { t } = useTranslation();
  const { text, status, several, yesOrNo, stores, range, onClear } = useAddressFilters();
  return {
    search: text(t("notifications.search")),
    segments: status(t("notifications.status.label"), t("notifications.status.all"), [
      { value: "unread", label: t("notifications.status.unread") },
      { value: "read", label: t("notifications.status.read") },
      { value: "snoozed", label: t("notifications.status.snoozed") },
    ]),
    choices: [
      several("priority", t("notifications.priority"), priorities, (value) => t(`level.${value}`)),
      several("type", t("notifications.typeLabel"), notificationTypes, (value) => typeName(t, value)),
      ...stores,
      yesOrNo("settled", t("notifications.settledLabel"), {
        yes: t("notifications.settledFilter.only"),
        no: t("notifications.settledFilter.hide"),
      }),
    ],
    range,
    onClear,
  };
}
