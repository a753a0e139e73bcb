import { account } from "@/i18n/de/account";
import { actions } from "@/i18n/de/actions";
import { administration } from "@/i18n/de/administration";
import { alerts } from "@/i18n/de/alerts";
import { common } from "@/i18n/de/common";
import { delivery } from "@/i18n/de/delivery";
import { directory } from "@/i18n/de/directory";
import { domains } from "@/i18n/de/domains";
import { escalation } from "@/i18n/de/escalation";
import { imports } from "@/i18n/de/imports";
import { letzshop } from "@/i18n/de/letzshop";
import { messages } from "@/i18n/de/messages";
import { notifications } from "@/i18n/de/notifications";
import { orders } from "@/i18n/de/orders";
import { preferences } from "@/i18n/de/preferences";
import { runs } from "@/i18n/de/runs";
import { shell } from "@/i18n/de/shell";
import { silences } from "@/i18n/de/silences";
import { snooze } from "@/i18n/de/snooze";
import { summary } from "@/i18n/de/summary";
import { unsaved } from "@/i18n/de/unsaved";
import { why } from "@/i18n/de/why";
import type { Catalogue } from "@/i18n/en";

export const de = {
  ...common,
  shell,
  notifications,
  alerts,
  imports,
  letzshop,
  messages,
  delivery,
  directory,
  domains,
  account,
  administration,
  actions,
  orders,
  preferences,
  runs,
  silences,
  snooze,
  summary,
  escalation,
  unsaved,
  why,
} as const satisfies Catalogue;
