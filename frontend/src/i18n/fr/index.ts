import type { Catalogue } from "@/i18n/en";
import { account } from "@/i18n/fr/account";
import { administration } from "@/i18n/fr/administration";
import { alerts } from "@/i18n/fr/alerts";
import { common } from "@/i18n/fr/common";
import { directory } from "@/i18n/fr/directory";
import { imports } from "@/i18n/fr/imports";
import { notifications } from "@/i18n/fr/notifications";
import { shell } from "@/i18n/fr/shell";

export const fr = {
  ...common,
  shell,
  notifications,
  alerts,
  imports,
  directory,
  account,
  administration,
} as const satisfies Catalogue;
