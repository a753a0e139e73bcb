import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import { typeName } from "@/features/notifications/wording";
import type { Filters } from "@/inbox/filter-bar";
import { hasFilters, notificationTypes, priorities, withoutFilters } from "@/inbox/search";
import { readChoice, readChoices, readIds } from "@/url/read-search";

const route = getRouteApi("/app/notifications");

export function useNotificationFilters(): Filters {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: stores = [] } = useQuery(allStoresQuery);
  // Replace, not push: Back leaves the page instead of walking through every letter typed.
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });

  return {
    search: {
      value: search.q ?? "",
      label: t("notifications.search"),
      onChange: (q) => change({ q: q || undefined }),
    },
    segments: {
      label: t("notifications.status.label"),
      selected: search.status ?? "",
      options: [
        { value: "", label: t("notifications.status.all") },
        { value: "unread", label: t("notifications.status.unread") },
        { value: "read", label: t("notifications.status.read") },
      ],
      onChange: (status) => change({ status: readChoice(status, ["unread", "read"]) }),
    },
    choices: [
      {
        key: "priority",
        label: t("notifications.priority"),
        options: priorities.map((value) => ({ value, label: t(`level.${value}`) })),
        selected: search.priority ?? [],
        onChange: (chosen) => change({ priority: readChoices(chosen, priorities) }),
      },
      {
        key: "type",
        label: t("notifications.typeLabel"),
        options: notificationTypes.map((value) => ({ value, label: typeName(t, value) })),
        selected: search.type ?? [],
        onChange: (chosen) => change({ type: readChoices(chosen, notificationTypes) }),
      },
      {
        key: "store",
        label: t("filter.store"),
        options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
        selected: (search.store ?? []).map(String),
        onChange: (chosen) => change({ store: readIds(chosen) }),
      },
      {
        key: "settled",
        label: t("notifications.settledLabel"),
        isSingle: true,
        options: [
          { value: "false", label: t("notifications.settledFilter.hide") },
          { value: "true", label: t("notifications.settledFilter.only") },
        ],
        selected: search.settled === undefined ? [] : [String(search.settled)],
        onChange: ([chosen]) => change({ settled: chosen === undefined ? undefined : chosen === "true" }),
      },
    ],
    range: { since: search.since, until: search.until, onChange: change },
    onClear: hasFilters(search)
      ? () => void navigate({ search: withoutFilters, replace: true, resetScroll: false })
      : undefined,
  };
}
