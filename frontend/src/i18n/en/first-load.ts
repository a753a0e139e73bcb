import { account } from "@/i18n/en/account";
import { administration } from "@/i18n/en/administration";
import { alerts } from "@/i18n/en/alerts";
import { common } from "@/i18n/en/common";
import { directory } from "@/i18n/en/directory";
import { imports } from "@/i18n/en/imports";
import { notifications } from "@/i18n/en/notifications";
import { shell } from "@/i18n/en/shell";

/** What the first load brings: the texts of orders, Letzshop, domains and actions come with what says them, see features/orders/texts.ts. */
export const firstLoad = {
  ...common,
  shell,
  notifications,
  alerts,
  imports,
  directory,
  account,
  administration,
} as const;
