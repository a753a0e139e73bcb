import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import { alertTypeName } from "@/features/alerts/wording";
import type { Filters } from "@/inbox/filter-bar";
import { alertTypes, hasFilters, severities, withoutFilters } from "@/inbox/search";
import { readChoice, readChoices, readIds } from "@/url/read-search";

const route = getRouteApi("/app/notifications");

export function useAlertFilters(): Filters {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: stores = [] } = useQuery(allStoresQuery);
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });

  return {
    search: { value: search.q ?? "", label: t("alerts.search"), onChange: (q) => change({ q: q || undefined }) },
    segments: {
      label: t("alerts.status.label"),
      selected: search.status ?? "",
      options: [
        { value: "", label: t("alerts.status.all") },
        { value: "active", label: t("alerts.status.active") },
        { value: "resolved", label: t("alerts.status.resolved") },
      ],
      onChange: (status) => change({ status: readChoice(status, ["active", "resolved"]) }),
    },
    choices: [
      {
        key: "severity",
        label: t("alerts.severity"),
        options: severities.map((value) => ({ value, label: t(`level.${value}`) })),
        selected: search.severity ?? [],
        onChange: (chosen) => change({ severity: readChoices(chosen, severities) }),
      },
      {
        key: "type",
        label: t("alerts.typeLabel"),
        options: alertTypes.map((value) => ({ value, label: alertTypeName(t, value) })),
        selected: search.type ?? [],
        onChange: (chosen) => change({ type: readChoices(chosen, alertTypes) }),
      },
      {
        key: "store",
        label: t("filter.store"),
        options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
        selected: (search.store ?? []).map(String),
        onChange: (chosen) => change({ store: readIds(chosen) }),
      },
      {
        key: "acknowledged",
        label: t("alerts.acknowledgedLabel"),
        isSingle: true,
        options: [
          { value: "false", label: t("alerts.acknowledgedFilter.no") },
          { value: "true", label: t("alerts.acknowledgedFilter.yes") },
        ],
        selected: search.acknowledged === undefined ? [] : [String(search.acknowledged)],
        onChange: ([chosen]) => change({ acknowledged: chosen === undefined ? undefined : chosen === "true" }),
      },
    ],
    range: { since: search.since, until: search.until, onChange: change },
    onClear: hasFilters(search)
      ? () => void navigate({ search: withoutFilters, replace: true, resetScroll: false })
      : undefined,
  };
}
