import "@/inbox/messages/texts";
import type { TFunction } from "i18next";
import type { Channel } from "@/api/types";
import { humanised } from "@/display/names";
import { alertTypes, notificationTypes } from "@/inbox/search";

/** What a message can be about: notifications by type, and alerts that ring none. */
const categories = [...notificationTypes, ...alertTypes] as const;
export type Category = (typeof categories)[number];

export function categoryOf(name: string): Category | null {
  return categories.find((category) => category === name) ?? null;
}

export function categoryName(t: TFunction, name: string): string {
  const category = categoryOf(name);
  return category ? t(`messages.about.${category}`) : humanised(name);
}

export function channelName(t: TFunction, channel: Channel): string {
  return t(`messages.channel.${channel}`);
}
