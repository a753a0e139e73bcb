import type { TFunction } from "i18next";
import type { LetzshopRun } from "@/api/types";
import { humanised } from "@/display/names";

export const phases = ["confirmed", "unconfirmed"] as const;

export function phaseName(t: TFunction, phase: string): string {
  const known = phases.find((each) => each === phase);
  return known ? t(`letzshop.phase.${known}`) : humanised(phase);
}

export const exportLanguages = ["fr", "de", "en"] as const;

/** The language whose texts an export has; null for every other run. */
export function exportLanguage(t: TFunction, { kind, request }: Pick<LetzshopRun, "kind" | "request">): string | null {
  if (kind !== "export") return null;
  const known = exportLanguages.find((each) => each === request?.["language"]);
  return known ? t(`letzshop.connection.language.${known}`) : null;
}

/** All others send something. */
export function bringsOrders({ kind }: Pick<LetzshopRun, "kind">): boolean {
  return kind === "sync" || kind === "history";
}
