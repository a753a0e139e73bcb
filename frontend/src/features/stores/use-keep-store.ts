import { useQueryClient } from "@tanstack/react-query";
import type { Store } from "@/api/types";
import { storeKey, storesKey } from "@/features/stores/api";

/** Shows a changed store at once, and asks anew for every list that names it. */
export function useKeepStore(): (store: Store) => void {
  const queryClient = useQueryClient();
  return (store) => {
    void queryClient.invalidateQueries({ queryKey: storesKey });
    queryClient.setQueryData(storeKey(store.id), store);
  };
}
