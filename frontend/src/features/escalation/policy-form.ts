import type { TFunction } from "i18next";
import type { Escalation, EscalationStep } from "@/api/types";
import { readIds } from "@/url/read-search";

/** A week, as the server has it. */
export const longest = 7 * 24 * 60;
export const mostSteps = 10;

/** The fields as they are typed; named as the API names them, so that its errors find them. */
export interface StepValues {
  /** Of the card, so that it stays itself when the order changes. */
  key: string;
  after_minutes: string;
  user_ids: string[];
  destination_ids: string[];
}

export interface PolicyValues {
  steps: StepValues[];
}

export function valuesOf({ steps }: Escalation): PolicyValues {
  return {
    steps: steps.map(({ after_minutes, people, destinations }, at) => ({
      key: `kept-${at}`,
      after_minutes: String(after_minutes),
      user_ids: people.map(({ id }) => String(id)),
      destination_ids: destinations.map(({ id }) => String(id)),
    })),
  };
}

/** The next one: twice as late as the last. */
export function nextStep(steps: readonly StepValues[], key: string): StepValues {
  const latest = Math.max(0, ...steps.map(minutesOf).filter((minutes) => minutes !== null));
  const after = latest === 0 ? 15 : Math.min(longest, latest * 2);
  return { key, after_minutes: String(after), user_ids: [], destination_ids: [] };
}

/** Null when it is no time that a step may have. */
export function minutesOf({ after_minutes }: Pick<StepValues, "after_minutes">): number | null {
  const minutes = Number(after_minutes);
  const isGood = after_minutes.trim() !== "" && Number.isInteger(minutes) && minutes >= 1 && minutes <= longest;
  return isGood ? minutes : null;
}

/** In the order of their times; those without one stay last. */
export function inOrder(steps: readonly StepValues[]): StepValues[] {
  const rank = (step: StepValues) => minutesOf(step) ?? Number.POSITIVE_INFINITY;
  return steps.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

export function bodyOf({ steps }: PolicyValues): EscalationStep[] {
  return steps.map((step) => ({
    after_minutes: minutesOf(step) ?? 0,
    user_ids: readIds(step.user_ids) ?? [],
    destination_ids: readIds(step.destination_ids) ?? [],
  }));
}

/** The first thing wrong with each field; the server decides again. */
export function faultsOf(t: TFunction, { steps }: PolicyValues): Record<string, string> {
  const faults: Record<string, string> = {};
  steps.forEach((step, at) => {
    const minutes = minutesOf(step);
    const isTaken = steps.slice(0, at).some((other) => minutesOf(other) === minutes);
    if (minutes === null) faults[`steps.${at}.after_minutes`] = t("escalation.error.time", { max: longest });
    else if (isTaken) faults[`steps.${at}.after_minutes`] = t("escalation.error.same");
    if (step.user_ids.length + step.destination_ids.length === 0) faults[`steps.${at}`] = t("escalation.error.nobody");
  });
  return faults;
}
