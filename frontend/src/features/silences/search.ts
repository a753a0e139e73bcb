import type { AlertType, NotificationType, Priority } from "@/api/types";
import { alertTypes, notificationTypes, priorities } from "@/inbox/search";
import { readBoolean, readChoice, readChoices, readIds, readText } from "@/url/read-search";

/** The server refuses this one: the warning that a silence ends names what it hides. */
type SilencedType = Exclude<NotificationType, "silence_ending"> | AlertType;

export interface SilencesSearch {
  /** Those that hold now when it is none. */
  state?: "scheduled" | "ended" | undefined;
  /** The sheet for a new one is open, filled with what follows. */
  create?: boolean | undefined;
  store?: number[] | undefined;
  merchant?: number[] | undefined;
  type?: SilencedType[] | undefined;
  priority?: Priority[] | undefined;
  text?: string | undefined;
}

export const silencedTypes: readonly SilencedType[] = [
  ...notificationTypes.filter((type) => type !== "silence_ending"),
  ...alertTypes,
];

export function readSilencesSearch(raw: Record<string, unknown>): SilencesSearch {
  const state = readChoice(raw["state"], ["scheduled", "ended"]);
  if (!readBoolean(raw["create"])) return { state };
  return {
    state,
    create: true,
    store: readIds(raw["store"]),
    merchant: readIds(raw["merchant"]),
    type: readChoices(raw["type"], silencedTypes),
    priority: readChoices(raw["priority"], priorities),
    text: readText(raw["text"]),
  };
}
