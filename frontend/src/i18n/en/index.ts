import { account } from "@/i18n/en/account";
import { administration } from "@/i18n/en/administration";
import { alerts } from "@/i18n/en/alerts";
import { common } from "@/i18n/en/common";
import { directory } from "@/i18n/en/directory";
import { imports } from "@/i18n/en/imports";
import { notifications } from "@/i18n/en/notifications";
import { shell } from "@/i18n/en/shell";

/** Every sentence of the pages. Other languages have the same shape: `Catalogue`. */
export const en = { ...common, shell, notifications, alerts, imports, directory, account, administration } as const;

/** The shape of `en` with any words: what another language must provide. */
export type Catalogue = Words<typeof en>;
type Words<T> = { [Key in keyof T]: T[Key] extends string ? string : Words<T[Key]> };
