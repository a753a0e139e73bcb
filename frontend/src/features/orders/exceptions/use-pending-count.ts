import { useQuery, useQueryClient } from "@tanstack/react-query";
import { exceptionKeys, exceptionStatsQuery } from "@/features/orders/exceptions/api";
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
