import type { ImportStatus } from "@/api/types";
import { readBoolean, readChoice, readChoices, readId, readIds } from "@/url/read-search";

export const importStatuses = [
  "pending",
  "processing",
  "completed",
  "completed_with_errors",
  "failed",
  "cancelled",
] as const satisfies readonly ImportStatus[];

export const feedLanguages = ["fr", "de", "en"] as const;
export type FeedLanguage = (typeof feedLanguages)[number];

export interface ImportsSearch {
  status?: (typeof importStatuses)[number][] | undefined;
  store?: number[] | undefined;
  /** The dialog is open, for this store if it is known. */
  start?: boolean | undefined;
  for_store?: number | undefined;
}

export function readImportsSearch(raw: Record<string, unknown>): ImportsSearch {
  return {
    status: readChoices(raw["status"], importStatuses),
    store: readIds(raw["store"]),
    start: readBoolean(raw["start"]) || undefined,
    for_store: readId(raw["for_store"]),
  };
}

export interface ImportErrorsSearch {
  severity?: "error" | "warning" | undefined;
}

export function readImportErrorsSearch(raw: Record<string, unknown>): ImportErrorsSearch {
  return { severity: readChoice(raw["severity"], ["error", "warning"]) };
}
