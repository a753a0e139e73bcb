import { account } from "@/i18n/en/account";
import { actions } from "@/i18n/en/actions";
import { administration } from "@/i18n/en/administration";
import { alertDrawer } from "@/i18n/en/alert-drawer";
import { createNotification } from "@/i18n/en/create-notification";
import { delivery } from "@/i18n/en/delivery";
import { directory } from "@/i18n/en/directory";
import { domains } from "@/i18n/en/domains";
import { escalation } from "@/i18n/en/escalation";
import { firstLoad } from "@/i18n/en/first-load";
import { imports } from "@/i18n/en/imports";
import { letzshop } from "@/i18n/en/letzshop";
import { messages } from "@/i18n/en/messages";
import { orders } from "@/i18n/en/orders";
import { palette } from "@/i18n/en/palette";
import { preferences } from "@/i18n/en/preferences";
import { runs } from "@/i18n/en/runs";
import { shortcuts } from "@/i18n/en/shortcuts";
import { silences } from "@/i18n/en/silences";
import { snooze } from "@/i18n/en/snooze";
import { summary } from "@/i18n/en/summary";
import { unsaved } from "@/i18n/en/unsaved";
import { why } from "@/i18n/en/why";

const { shell, alerts, notifications } = firstLoad;

/** Every sentence of the pages. Other languages have the same shape: `Catalogue`. */
export const en = {
  ...firstLoad,
  shell: {
    ...shell,
    palette: { ...shell.palette, ...palette },
    shortcuts: { ...shell.shortcuts, ...shortcuts },
  },
  alerts: { ...alerts, ...alertDrawer },
  notifications: { ...notifications, ...createNotification },
  account,
  actions,
  administration,
  delivery,
  directory,
  domains,
  imports,
  letzshop,
  messages,
  orders,
  preferences,
  runs,
  silences,
  snooze,
  summary,
  escalation,
  unsaved,
  why,
} as const;

/** The shape of `en` with any words: what another language must provide. */
export type Catalogue = Words<typeof en>;
type Words<T> = { [Key in keyof T]: T[Key] extends string ? string : Words<T[Key]> };
