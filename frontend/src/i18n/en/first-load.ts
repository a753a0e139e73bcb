import { alerts } from "@/i18n/en/alerts";
import { common } from "@/i18n/en/common";
import { notifications } from "@/i18n/en/notifications";
import { shell } from "@/i18n/en/shell";

/** What the first load brings: all other texts come with what says them, see features/orders/texts.ts. */
export const firstLoad = {
  ...common,
  shell,
  notifications,
  alerts,
} as const;
