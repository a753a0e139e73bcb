import { useQuery, useQueryClient } from "@tanstack/react-query";
import { exceptionKeys } from "@/features/orders/exceptions/keys";
import { exceptionStatsQuery } from "@/features/orders/exceptions/stats";
import { saysChanged, useHints } from "@/realtime/hint-bus";

/** How many exceptions wait in all stores; undefined until it is known. */
export function usePendingCount(): number | undefined {
  const queryClient = useQueryClient();
  const { data } = useQuery(exceptionStatsQuery);
  useHints((hints) => {
    if (saysChanged(hints, "order_exception.changed"))
      void queryClient.invalidateQueries({ queryKey: exceptionKeys.stats });
  });
  return data?.pending;
}
