const path = "/api/v1/admin/imports";

export const importKeys = {
  all: ["get", path] as const,
  lists: ["get", path, "list"] as const,
  last: ["get", path, "last"] as const,
  job: (id: number) => ["get", path, "job", id] as const,
  rows: (id: number) => ["get", path, "rows", id] as const,
};
