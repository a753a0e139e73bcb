import { readChoices } from "@/url/read-search";

export const jobStates = ["queued", "running", "done", "dead", "cancelled"] as const;

export function readJobsSearch(raw: Record<string, unknown>): { state?: (typeof jobStates)[number][] | undefined } {
  return { state: readChoices(raw["state"], jobStates) };
}
