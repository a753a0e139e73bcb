import "@/directory/texts";
import type { TFunction } from "i18next";
import { humanised } from "@/display/names";

export const deliveryMethods = ["nationwide", "package_delivery", "self_collect"] as const;
/** Percent: those of Luxembourg. */
export const taxRates = [17, 14, 8, 3, 0] as const;

export function deliveryName(t: TFunction, method: string): string {
  const known = deliveryMethods.find((each) => each === method);
  return known ? t(`directory.stores.delivery.${known}`) : humanised(method);
}
