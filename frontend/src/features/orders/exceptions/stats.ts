import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { exceptionKeys } from "@/features/orders/exceptions/keys";

export const exceptionStatsQuery = queryOptions({
  queryKey: exceptionKeys.stats,
  queryFn: async ({ signal }) => answered(await client.GET("/api/v1/admin/order-exceptions/stats", { signal })),
});
