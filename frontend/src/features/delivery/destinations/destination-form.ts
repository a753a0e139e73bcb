import type { TFunction } from "i18next";
import { changesOf } from "@/api/changes";
import type { Channel, Destination, DestinationDraft } from "@/api/types";

export const languages = ["en", "fr", "de"] as const;

export interface DestinationValues {
  kind: Channel;
  name: string;
  url: string;
  types: string[];
  min_priority: Destination["min_priority"];
  store_ids: number[];
  language: (typeof languages)[number];
}

export function valuesOf(destination: Destination | null): DestinationValues {
  return {
    kind: destination?.kind ?? "webhook",
    name: destination?.name ?? "",
    // What is shown of a mailbox is all of it; other addresses hold secrets, and only their place is shown.
    url: destination?.kind === "email" ? destination.shown_address : "",
    types: destination?.types ?? [],
    min_priority: destination?.min_priority ?? "normal",
    store_ids: destination?.store_ids ?? [],
    language: languages.find((each) => each === destination?.language) ?? "en",
  };
}

export function draftOf(values: DestinationValues): DestinationDraft {
  return { ...values, name: values.name.trim(), url: values.url.trim() };
}

/** Only what differs: nobody's other change is overwritten, and an address left empty stays. */
export function patchOf(before: Destination, values: DestinationValues) {
  const { kind: _, url, types, store_ids, ...draft } = draftOf(values);
  const known = valuesOf(before).url;
  return {
    ...changesOf(before, draft),
    ...(url !== "" && url !== known ? { url } : {}),
    ...(isSame(before.types, types ?? []) ? {} : { types: types ?? [] }),
    ...(isSame(before.store_ids, store_ids ?? []) ? {} : { store_ids: store_ids ?? [] }),
  };
}

function isSame(before: readonly (string | number)[], after: readonly (string | number)[]): boolean {
  return before.length === after.length && before.every((item) => after.includes(item));
}

/** The first thing wrong with each field; the server decides again, and looks the address up. */
export function destinationRules(t: TFunction, isNew: boolean) {
  return {
    name: (value: string) => (value.trim() === "" ? t("form.required") : null),
    url: (value: string, { kind }: DestinationValues) => {
      const address = value.trim();
      if (address === "") return isNew || kind === "email" ? t("form.required") : null;
      if (kind === "webhook") return /^https?:\/\/\S+$/.test(address) ? null : t("delivery.form.web");
      if (kind === "chat") return /^[a-z0-9]+:\/\/\S+$/i.test(address) ? null : t("delivery.form.apprise");
      return /^[^\s@]+@[^\s@]+$/.test(address) ? null : t("form.email");
    },
  };
}
