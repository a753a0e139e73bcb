import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { allDestinationsQuery } from "@/directory/destinations";
import { reachedPeopleQuery } from "@/directory/people";
import { useStoreChoice } from "@/directory/use-store-choice";
import { deliveryStatsQuery } from "@/features/delivery/api";
import { channels, type DeliveryFilters, deliveryStatuses, messageKinds } from "@/features/delivery/search";
import type { ChoiceFilter, Filters, OptionSource } from "@/filters/filter";
import { channelName } from "@/inbox/messages/wording";
import { useCan } from "@/session/current-user";
import { readChoice, readChoices, readId, readIds } from "@/url/read-search";

export function useDeliveryFilters(filters: DeliveryFilters, onFilter: (filters: DeliveryFilters) => void): Filters {
  const { t } = useTranslation();
  const stores = useStoreChoice(useMemo(() => (filters.store ? [filters.store] : []), [filters.store]));
  const destinations = useDestinationNames(filters.destination ?? []);
  const people = usePeople(filters.user);
  const change = (part: DeliveryFilters) => onFilter({ ...filters, ...part });

  return {
    segments: {
      label: t("delivery.deliveries.channelLabel"),
      selected: filters.channel ?? "",
      options: [
        { value: "", label: t("delivery.deliveries.allChannels") },
        ...channels.map((value) => ({ value, label: channelName(t, value) })),
      ],
      onChange: (value) => change({ channel: readChoice(value, channels) }),
    },
    choices: [
      {
        key: "status",
        label: t("delivery.deliveries.statusLabel"),
        options: deliveryStatuses.map((value) => ({ value, label: t(`delivery.deliveries.status.${value}`) })),
        selected: filters.status ?? [],
        onChange: (chosen) => change({ status: readChoices(chosen, deliveryStatuses) }),
      },
      {
        key: "destination",
        label: t("delivery.deliveries.destinationLabel"),
        ...destinations,
        find: { label: t("delivery.deliveries.findDestination"), none: t("delivery.deliveries.noDestination") },
        selected: (filters.destination ?? []).map(String),
        onChange: (chosen) => change({ destination: readIds(chosen) }),
      },
      {
        key: "store",
        label: t("filter.store"),
        isSingle: true,
        ...stores,
        selected: filters.store ? [String(filters.store)] : [],
        onChange: (chosen) => change({ store: readId(chosen[0]) }),
      },
      ...(people
        ? [
            {
              key: "user",
              label: t("delivery.deliveries.personLabel"),
              isSingle: true,
              ...people,
              find: { label: t("delivery.deliveries.findPerson"), none: t("delivery.deliveries.noPerson") },
              selected: filters.user ? [String(filters.user)] : [],
              onChange: (chosen: readonly string[]) => change({ user: readId(chosen[0]) }),
            },
          ]
        : []),
      {
        key: "kind",
        label: t("delivery.deliveries.kindLabel"),
        find: null,
        options: messageKinds.map((value) => ({ value, label: t(`delivery.deliveries.kind.${value}`) })),
        selected: filters.kind ?? [],
        onChange: (chosen) => change({ kind: readChoices(chosen, messageKinds) }),
      },
      ...fromElsewhere(t("delivery.deliveries.status.sent"), "sentLately", t("delivery.deliveries.sentLately")),
      ...fromElsewhere(t("delivery.deliveries.notificationLabel"), "notification", `#${filters.notification}`),
      ...fromElsewhere(t("delivery.deliveries.alertLabel"), "alert", `#${filters.alert}`),
    ],
    range: { since: filters.since, until: filters.until, onChange: change },
    onClear: isFiltered(filters) ? () => onFilter({}) : undefined,
  };

  /** It comes with the address or a figure, and here can only be taken off. */
  function fromElsewhere(label: string, key: "sentLately" | "notification" | "alert", option: string): ChoiceFilter[] {
    if (filters[key] === undefined) return [];
    const options = [{ value: key, label: option }];
    return [{ key, label, options, selected: [key], onChange: () => change({ [key]: undefined }) }];
  }
}

function isFiltered(filters: DeliveryFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

type Asked = Pick<ChoiceFilter, "options" | "source">;

/** Viewers may not list destinations: they choose among those that have something pending or dead. */
function useDestinationNames(selected: readonly number[]): Asked {
  const canList = useCan("triage");
  const all = useQuery({ ...allDestinationsQuery, enabled: canList });
  const stats = useQuery(deliveryStatsQuery);
  const named = new Map(stats.data?.by_destination.map(({ destination_id, name }) => [destination_id, name]));
  // Personal ones are all called the same: only what is shared can be told apart by its name.
  const known = canList
    ? (all.data ?? []).map(({ id, name }) => ({ id, name }))
    : [...named].map(([id, name]) => ({ id, name }));
  const missing = selected.filter((id) => !known.some((one) => one.id === id));
  return {
    options: [...known, ...missing.map((id) => ({ id, name: named.get(id) ?? `#${id}` }))].map(optionOf),
    source: sourceOf(canList ? all : stats),
  };
}

/** Null for viewers, who see nothing but what is their own. */
function usePeople(selected: number | undefined): Asked | null {
  const canList = useCan("triage");
  const people = useQuery({ ...reachedPeopleQuery, enabled: canList });
  if (!canList) return null;
  const known = people.data?.flatMap(({ user }) => user ?? []) ?? [];
  const isKnown = selected === undefined || known.some(({ id }) => id === selected);
  const options = isKnown ? known : [...known, { id: selected, name: `#${selected}` }];
  return { options: options.map(optionOf), source: sourceOf(people) };
}

function optionOf({ id, name }: { id: number; name: string }) {
  return { value: String(id), label: name };
}

function sourceOf({ isPending, error, refetch }: UseQueryResult<unknown>): OptionSource {
  return { isPending, error, onRetry: () => void refetch() };
}
