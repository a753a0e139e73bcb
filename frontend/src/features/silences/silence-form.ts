import type { TFunction } from "i18next";
import type { SilenceDraft, SilenceMatchers } from "@/api/types";
import { endOf, faultOf, fieldTime, type Period } from "@/features/silences/ends";
import type { SilencesSearch } from "@/features/silences/search";
import { priorities } from "@/inbox/search";
import { readChoices, readIds } from "@/url/read-search";

/** The fields as they are typed; named as the API names them, so that its errors find them. */
export interface SilenceValues extends Period {
  matchers: {
    store_ids: string[];
    merchant_ids: string[];
    types: string[];
    priorities: string[];
    text: string;
  };
  comment: string;
}

const HOUR = 3_600_000;

/** Filled by a link that led here. */
export function valuesOf({ store, merchant, type, priority, text }: SilencesSearch, now: Date): SilenceValues {
  return {
    matchers: {
      store_ids: (store ?? []).map(String),
      merchant_ids: (merchant ?? []).map(String),
      types: type ?? [],
      priorities: priority ?? [],
      text: text ?? "",
    },
    starts: "now",
    starts_at: fieldTime(new Date(now.getTime() + HOUR)),
    ends: "fourHours",
    ends_at: fieldTime(new Date(now.getTime() + 24 * HOUR)),
    comment: "",
  };
}

export function matchersOf({ matchers }: Pick<SilenceValues, "matchers">): Required<SilenceMatchers> {
  return {
    store_ids: readIds(matchers.store_ids) ?? [],
    merchant_ids: readIds(matchers.merchant_ids) ?? [],
    types: matchers.types,
    priorities: readChoices(matchers.priorities, priorities) ?? [],
    text: matchers.text.trim() || null,
  };
}

/** It would silence everything, which the server refuses. */
export function isEmpty({ store_ids, merchant_ids, types, priorities, text }: Required<SilenceMatchers>): boolean {
  return text === null && [store_ids, merchant_ids, types, priorities].every((list) => list.length === 0);
}

export function draftOf(values: SilenceValues, now: Date): SilenceDraft {
  return {
    matchers: matchersOf(values),
    // Without a start it is the server's now: the two clocks may differ.
    ...(values.starts === "later" ? { starts_at: new Date(values.starts_at).toISOString() } : {}),
    ends_at: (endOf(values, now) ?? now).toISOString(),
    comment: values.comment.trim(),
  };
}

/** The first thing wrong with each field; the server decides again. */
export function faultsOf(t: TFunction, values: SilenceValues, now: Date): Record<string, string> {
  const period = faultOf(values, now);
  return {
    ...(isEmpty(matchersOf(values)) ? { matchers: t("silences.error.empty") } : {}),
    ...(period ? { [period.field]: t(`silences.error.${period.error}`) } : {}),
    ...(values.comment.trim() === "" ? { comment: t("form.required") } : {}),
  };
}
