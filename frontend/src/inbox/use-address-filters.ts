import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { allStoresQuery } from "@/directory/stores";
import type { ChoiceFilter, DateRangeFilter, SegmentFilter, TextFilter } from "@/filters/filter";
import { useInboxAddress } from "@/inbox/inbox-address";
import { hasFilters, type InboxSearch, withoutFilters } from "@/inbox/search";
import { readChoice, readChoices, readIds } from "@/url/read-search";

type Status = NonNullable<InboxSearch["status"]>;

/** The parts that a list's filters are made of; each reads its value from the address and writes it there. */
export function useAddressFilters() {
  const { t } = useTranslation();
  const { search, storeId, change: changeAddress } = useInboxAddress();
  const { data: stores = [] } = useQuery(allStoresQuery);
  const change = (part: InboxSearch) => changeAddress((before) => ({ ...before, ...part }));

  return {
    text: (label: string): TextFilter => ({
      label,
      value: search.q ?? "",
      onChange: (q) => change({ q: q || undefined }),
    }),

    status: <T extends Status>(label: string, all: string, states: readonly { value: T; label: string }[]) =>
      ({
        label,
        selected: search.status ?? "",
        options: [{ value: "", label: all }, ...states],
        onChange: (chosen) => {
          const status = readChoice<Status>(
            chosen,
            states.map(({ value }) => value),
          );
          change({ status });
        },
      }) satisfies SegmentFilter,

    several: <Key extends "priority" | "severity" | "type", T extends NonNullable<InboxSearch[Key]>[number]>(
      key: Key,
      label: string,
      values: readonly T[],
      nameOf: (value: T) => string,
    ): ChoiceFilter => ({
      key,
      label,
      options: values.map((value) => ({ value, label: nameOf(value) })),
      selected: search[key] ?? [],
      onChange: (chosen) => change({ [key]: readChoices(chosen, values) }),
    }),

    yesOrNo: (key: "settled" | "acknowledged", label: string, names: { yes: string; no: string }): ChoiceFilter => ({
      key,
      label,
      isSingle: true,
      options: [
        { value: "false", label: names.no },
        { value: "true", label: names.yes },
      ],
      selected: search[key] === undefined ? [] : [String(search[key])],
      onChange: ([chosen]) => change({ [key]: chosen === undefined ? undefined : chosen === "true" }),
    }),

    /** None on the page of one store. */
    stores: (storeId === null
      ? [
          {
            key: "store",
            label: t("filter.store"),
            options: stores.map(({ id, name }) => ({ value: String(id), label: name })),
            selected: (search.store ?? []).map(String),
            onChange: (chosen) => change({ store: readIds(chosen) }),
          },
        ]
      : []) satisfies readonly ChoiceFilter[],

    range: { since: search.since, until: search.until, onChange: change } satisfies DateRangeFilter,

    onClear: hasFilters(search) ? () => changeAddress(withoutFilters) : undefined,
  };
}
