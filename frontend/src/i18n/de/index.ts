import { account } from "@/i18n/de/account";
import { actions } from "@/i18n/de/actions";
import { administration } from "@/i18n/de/administration";
import { alerts } from "@/i18n/de/alerts";
import { common } from "@/i18n/de/common";
import { directory } from "@/i18n/de/directory";
import { domains } from "@/i18n/de/domains";
import { imports } from "@/i18n/de/imports";
import { letzshop } from "@/i18n/de/letzshop";
import { notifications } from "@/i18n/de/notifications";
import { orders } from "@/i18n/de/orders";
import { runs } from "@/i18n/de/runs";
import { shell } from "@/i18n/de/shell";
import type { Catalogue } from "@/i18n/en";

export const de = {
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
