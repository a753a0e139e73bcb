import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PreferencesOverride } from "@/api/types";
import { allMerchantsQuery } from "@/directory/merchants";
import { allStoresQuery } from "@/directory/stores";

/** The stores and merchants that rules can be for, and what that of a rule is called. */
export function usePlaces() {
  const { t } = useTranslation();
  const { data: stores = [] } = useQuery(allStoresQuery);
  const { data: merchants = [] } = useQuery(allMerchantsQuery);
  const nameOf = ({ store_id, merchant_id }: Pick<PreferencesOverride, "store_id" | "merchant_id">): string => {
    if (store_id !== null) {
      return stores.find(({ id }) => id === store_id)?.name ?? t("preferences.overrides.store", { id: store_id });
    }
    const found = merchants.find(({ id }) => id === merchant_id);
    return found?.name ?? t("preferences.overrides.merchant", { id: merchant_id ?? 0 });
  };
  return { stores, merchants, nameOf };
}
