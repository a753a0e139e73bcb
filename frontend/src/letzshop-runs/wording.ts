import "@/letzshop-runs/texts";
import type { TFunction } from "i18next";
import type { LetzshopRun } from "@/api/types";
import { humanised } from "@/display/names";
import { runKinds, runStatuses } from "@/letzshop-runs/run-state";

export function runKindName(t: TFunction, kind: string): string {
  const known = runKinds.find((each) => each === kind);
  return known ? t(`runs.kind.${known}`) : humanised(kind);
}

export function runStatusName(t: TFunction, status: string): string {
  const known = runStatuses.find((each) => each === status);
  return known ? t(`runs.status.${known}`) : humanised(status);
}

export function runTitle(t: TFunction, { kind, id }: Pick<LetzshopRun, "kind" | "id">): string {
  return t("runs.title", { kind: runKindName(t, kind), id });
}

/** What an outbound run asks of Letzshop, in words; null for what brings orders in. */
export function askedFor(t: TFunction, { request }: Pick<LetzshopRun, "request">): string | null {
  if (!request) return null;
  if (request["action"] === "tracking") {
    return t("runs.request.tracking", { number: textOf(request["number"]), provider: textOf(request["provider"]) });
  }
  const counts = { n: lengthOf(request["available"]), m: lengthOf(request["unavailable"]) };
  return counts.n + counts.m > 0 ? confirmWords(t, counts) : null;
}

/** "Confirm 2, decline 1" */
export function confirmWords(t: TFunction, counts: { n: number; m: number }): string {
  if (counts.m === 0) return t("runs.request.confirm", counts);
  return counts.n === 0 ? t("runs.request.decline", counts) : t("runs.request.both", counts);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
