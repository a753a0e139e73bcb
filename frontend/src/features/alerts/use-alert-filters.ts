import { useTranslation } from "react-i18next";
import { alertTypeName } from "@/features/alerts/wording";
import type { Filters } from "@/filters/filter";
import { alertTypes, severities } from "@/inbox/search";
import { useAddressFilters } from "@/inbox/use-address-filters";

export function useAlertFilters(): Filters {
  const { t } = useTranslation();
  const { text, status, several, yesOrNo, stores, range, onClear } = useAddressFilters();
  return {
    search: text(t("alerts.search")),
    segments: status(t("alerts.status.label"), t("alerts.status.all"), [
      { value: "active", label: t("alerts.status.active") },
      { value: "snoozed", label: t("alerts.status.snoozed") },
      { value: "resolved", label: t("alerts.status.resolved") },
    ]),
    choices: [
      several("severity", t("alerts.severity"), severities, (value) => t(`level.${value}`)),
      several("type", t("alerts.typeLabel"), alertTypes, (value) => alertTypeName(t, value)),
      ...stores,
      yesOrNo("acknowledged", t("alerts.acknowledgedLabel"), {
        yes: t("alerts.acknowledgedFilter.yes"),
        no: t("alerts.acknowledgedFilter.no"),
      }),
    ],
    range,
    onClear,
  };
}
