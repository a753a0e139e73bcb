import type { Catalogue } from "@/i18n/en";
import { account } from "@/i18n/fr/account";
import { actions } from "@/i18n/fr/actions";
import { administration } from "@/i18n/fr/administration";
import { alerts } from "@/i18n/fr/alerts";
import { common } from "@/i18n/fr/common";
import { delivery } from "@/i18n/fr/delivery";
import { directory } from "@/i18n/fr/directory";
import { domains } from "@/i18n/fr/domains";
import { escalation } from "@/i18n/fr/escalation";
import { imports } from "@/i18n/fr/imports";
import { letzshop } from "@/i18n/fr/letzshop";
import { messages } from "@/i18n/fr/messages";
import { notifications } from "@/i18n/fr/notifications";
import { orders } from "@/i18n/fr/orders";
import { preferences } from "@/i18n/fr/preferences";
import { runs } from "@/i18n/fr/runs";
import { shell } from "@/i18n/fr/shell";
import { silences } from "@/i18n/fr/silences";
import { snooze } from "@/i18n/fr/snooze";
import { summary } from "@/i18n/fr/summary";
import { unsaved } from "@/i18n/fr/unsaved";
import { why } from "@/i18n/fr/why";

export const fr = {
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
