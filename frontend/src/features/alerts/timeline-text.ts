import type { TFunction } from "i18next";
import type { TimelineEntry } from "@/api/types";
import { humanised } from "@/display/names";
import { actionName } from "@/inbox/actions/wording";
import { exactTime } from "@/inbox/snooze/coming";
import { levelOf } from "@/ui/level";

/** The names behind the ids of entries. */
export interface Names {
  readonly store: (id: unknown) => string;
  readonly person: (id: unknown) => string;
}

/** One entry of the timeline in words; what we do not know yet is still named. */
export function timelineText(t: TFunction, entry: TimelineEntry, names: Names): string {
  const { kind, detail, user } = entry;
  const isOwn = user === null;
  switch (kind) {
    case "opened":
    case "acknowledged":
    case "commented":
    case "reopened":
      return t(`alerts.event.${kind}`);
    case "resolved":
      return isOwn ? t("alerts.event.healed") : t("alerts.event.resolved");
    case "repeated":
      return t("alerts.event.repeated", { count: Number(detail["occurrence_count"] ?? 0) });
    case "escalated":
      return t("alerts.event.escalated", { severity: severityName(t, String(detail["to"] ?? "")) });
    case "store_joined":
    case "store_healed":
      return t(`alerts.event.${kind}`, { store: names.store(detail["store_id"]) });
    case "assigned":
      return assignedText(t, detail["assigned_to_user_id"], names);
    case "action_started":
    case "action_done":
    case "action_failed":
      return t(`actions.event.${kind}`, { action: actionName(t, String(detail["action"] ?? "")) });
    case "passed_on":
      return passedOnText(t, detail, names);
    case "snoozed":
      return t("snooze.event.snoozed", {
        time: exactTime(new Date(String(detail["until"] ?? entry.at)), new Date(entry.at)),
      });
    case "returned":
      return isOwn ? t("snooze.event.returned") : t("snooze.event.woken");
    case "regressed":
      return t("alerts.event.regressed", { id: String(detail["regressed_from_id"] ?? "") });
    default:
      return humanised(kind);
  }
}

/** What was written with it: a comment, notes, or which run healed. */
export function timelineQuote({ detail }: TimelineEntry): string | null {
  for (const key of ["text", "comment", "resolution_notes", "notes", "by"]) {
    const value = detail[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

/** Whom an escalation told, and the steps that it had to leave out because nobody of them can be reached. */
function passedOnText(t: TFunction, detail: TimelineEntry["detail"], names: Names): string {
  const { step, unreached } = detail;
  const steps = (Array.isArray(unreached) ? unreached : []).join(", ");
  if (step === null) return t("why.unreached", { steps });
  const passedOn = toldText(t, detail, names);
  return steps === "" ? passedOn : t("why.passedOnBeyond", { passedOn, steps });
}

/** Destinations only leave nobody to name. */
function toldText(t: TFunction, detail: TimelineEntry["detail"], names: Names): string {
  const { step, user_ids } = detail;
  const people = (Array.isArray(user_ids) ? user_ids : []).map(names.person).join(", ");
  const number = String(step ?? "");
  if (people === "") return t("why.passedOnNobody", { step: number });
  return t("why.passedOn", { step: number, names: people });
}

function severityName(t: TFunction, severity: string): string {
  const level = levelOf(severity);
  return level ? t(`level.${level}`) : humanised(severity);
}

function assignedText(t: TFunction, id: unknown, names: Names): string {
  return id == null ? t("alerts.event.unassigned") : t("alerts.event.assigned", { name: names.person(id) });
}
