import "@/directory/texts";
import type { TFunction } from "i18next";
import { textOrNull } from "@/api/changes";
import type { Store } from "@/api/types";
import { deliveryMethods, taxRates } from "@/features/stores/wording";
import { readChoice } from "@/url/read-search";

/** The fields as they are typed. */
export interface StoreValues {
  name: string;
  store_code: string;
  subdomain: string;
  description: string;
  letzshop_csv_url_fr: string;
  letzshop_csv_url_en: string;
  letzshop_csv_url_de: string;
  letzshop_default_tax_rate: string;
  letzshop_boost_sort: string;
  letzshop_delivery_method: string;
  letzshop_preorder_days: string;
}

export function valuesOf(store: Store): StoreValues {
  return {
    name: store.name,
    store_code: store.store_code,
    subdomain: store.subdomain,
    description: store.description ?? "",
    letzshop_csv_url_fr: store.letzshop_csv_url_fr ?? "",
    letzshop_csv_url_en: store.letzshop_csv_url_en ?? "",
    letzshop_csv_url_de: store.letzshop_csv_url_de ?? "",
    letzshop_default_tax_rate: String(store.letzshop_default_tax_rate),
    letzshop_boost_sort: String(store.letzshop_boost_sort),
    letzshop_delivery_method: store.letzshop_delivery_method,
    letzshop_preorder_days: String(store.letzshop_preorder_days),
  };
}

/** The same as the API has them: codes in their stored case, so that writing them otherwise is no change. */
export function wantedOf(values: StoreValues) {
  return {
    name: values.name.trim(),
    store_code: values.store_code.trim().toUpperCase(),
    subdomain: values.subdomain.trim().toLowerCase(),
    description: textOrNull(values.description),
    letzshop_csv_url_fr: textOrNull(values.letzshop_csv_url_fr),
    letzshop_csv_url_en: textOrNull(values.letzshop_csv_url_en),
    letzshop_csv_url_de: textOrNull(values.letzshop_csv_url_de),
    letzshop_default_tax_rate: taxRates.find((rate) => String(rate) === values.letzshop_default_tax_rate),
    letzshop_boost_sort: Number(values.letzshop_boost_sort),
    letzshop_delivery_method: readChoice(values.letzshop_delivery_method, deliveryMethods),
    letzshop_preorder_days: Number(values.letzshop_preorder_days),
  };
}

/** The first thing wrong with each field; the server decides again. */
export function storeRules(t: TFunction) {
  const shape = (pattern: RegExp, message: string) => (value: string) =>
    value.trim() === "" ? t("form.required") : pattern.test(value.trim()) ? null : message;
  const address = (value: string) =>
    value.trim() === "" || /^https?:\/\/\S+$/.test(value.trim()) ? null : t("directory.webAddress");
  const between = (min: number, max: number, isWhole: boolean) => (value: string) => {
    const number = Number(value);
    const isGood = value.trim() !== "" && number >= min && number <= max && (!isWhole || Number.isInteger(number));
    return isGood ? null : t("directory.stores.outOfRange", { min, max });
  };
  return {
    name: (value: string) => (value.trim() === "" ? t("form.required") : null),
    store_code: shape(/^[a-z0-9][a-z0-9_-]*$/i, t("directory.stores.codeShape")),
    subdomain: shape(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i, t("directory.stores.subdomainShape")),
    letzshop_csv_url_fr: address,
    letzshop_csv_url_en: address,
    letzshop_csv_url_de: address,
    letzshop_boost_sort: between(0, 10, false),
    letzshop_preorder_days: between(0, 365, true),
  };
}
