import type { TFunction } from "i18next";
import type { LetzshopRun } from "@/api/types";
import { humanised } from "@/display/names";
import { runKinds, runStatuses } from "@/features/letzshop/search";

export const phases = ["confirmed", "unconfirmed"] as const;

export function runKindName(t: TFunction, kind: string): string {
  const known = runKinds.find((each) => each === kind);
  return known ? t(`letzshop.kind.${known}`) : humanised(kind);
}

export function runStatusName(t: TFunction, status: string): string {
  const known = runStatuses.find((each) => each === status);
  return known ? t(`letzshop.status.${known}`) : humanised(status);
}

export function phaseName(t: TFunction, phase: string): string {
  const known = phases.find((each) => each === phase);
  return known ? t(`letzshop.phase.${known}`) : humanised(phase);
}

export function runTitle(t: TFunction, { kind, id }: Pick<LetzshopRun, "kind" | "id">): string {
  return t("letzshop.run.title", { kind: runKindName(t, kind), id });
}

/** What an outbound run asks of Letzshop, in words; null for what brings orders in. */
export function askedFor(t: TFunction, { request }: Pick<LetzshopRun, "request">): string | null {
  if (!request) return null;
  if (request["action"] === "tracking") {
    return t("letzshop.run.tracking", { number: textOf(request["number"]), provider: textOf(request["provider"]) });
  }
  const parts = [
    lengthOf(request["available"]) > 0 && t("letzshop.run.units", { count: lengthOf(request["available"]) }),
    lengthOf(request["unavailable"]) > 0 && t("letzshop.run.refused", { count: lengthOf(request["unavailable"]) }),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(", ") : null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
