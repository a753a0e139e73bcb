import type { Catalogue } from "@/i18n/en";
import { account } from "@/i18n/fr/account";
import { actions } from "@/i18n/fr/actions";
import { administration } from "@/i18n/fr/administration";
import { alerts } from "@/i18n/fr/alerts";
import { common } from "@/i18n/fr/common";
import { directory } from "@/i18n/fr/directory";
import { domains } from "@/i18n/fr/domains";
import { imports } from "@/i18n/fr/imports";
import { letzshop } from "@/i18n/fr/letzshop";
import { notifications } from "@/i18n/fr/notifications";
import { orders } from "@/i18n/fr/orders";
import { runs } from "@/i18n/fr/runs";
import { shell } from "@/i18n/fr/shell";

export const fr = {
  ...common,
  shell,
  notifications,
  alerts,
  imports,
  letzshop,
  directory,
  domains,
  account,
  administration,
  actions,
  orders,
  runs,
} as const satisfies Catalogue;
