import type { ExceptionQuery } from "@/features/orders/exceptions/query";

const path = "/api/v1/admin/order-exceptions";

export const exceptionKeys = {
  all: ["get", path] as const,
  lists: ["get", path, "list"] as const,
  list: (query: ExceptionQuery) => [...exceptionKeys.lists, query] as const,
  heads: ["get", path, "head"] as const,
  head: (query: ExceptionQuery) => [...exceptionKeys.heads, query] as const,
  detail: (id: number) => ["get", path, "detail", id] as const,
  suggestions: (id: number) => ["get", path, "suggestions", id] as const,
  stats: ["get", path, "stats"] as const,
  sameGtin: (id: number) => ["get", path, "same-gtin", id] as const,
};
