const path = "/api/v1/admin/orders";

export const orderKeys = {
  all: ["get", path] as const,
  lists: ["get", path, "list"] as const,
  order: (id: number) => ["get", path, "order", id] as const,
};
