import { actions } from "@/i18n/en/actions";
import { domains } from "@/i18n/en/domains";
import { firstLoad } from "@/i18n/en/first-load";
import { letzshop } from "@/i18n/en/letzshop";
import { orders } from "@/i18n/en/orders";
import { runs } from "@/i18n/en/runs";

/** Every sentence of the pages. Other languages have the same shape: `Catalogue`. */
export const en = { ...firstLoad, orders, letzshop, runs, domains, actions } as const;

/** The shape of `en` with any words: what another language must provide. */
export type Catalogue = Words<typeof en>;
type Words<T> = { [Key in keyof T]: T[Key] extends string ? string : Words<T[Key]> };
