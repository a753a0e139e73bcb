import { useQueryClient } from "@tanstack/react-query";
import type { Merchant } from "@/api/types";
import { allStoresQuery } from "@/directory/stores";
import { merchantKey, merchantsKey } from "@/features/merchants/api";

/** Shows a changed merchant at once, and asks anew for every list that names it: those of stores too. */
export function useKeepMerchant(): (merchant: Merchant) => void {
  const queryClient = useQueryClient();
  return (merchant) => {
    void queryClient.invalidateQueries({ queryKey: merchantsKey });
    void queryClient.invalidateQueries({ queryKey: allStoresQuery.queryKey.slice(0, 2) });
    queryClient.setQueryData(merchantKey(merchant.id), merchant);
  };
}
