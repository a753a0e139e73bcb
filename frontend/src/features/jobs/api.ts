import { answered } from "@/api/answered";
import { client } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { jobStates } from "@/features/jobs/search";

const path = "/api/v1/admin/jobs";

export const jobsKey = ["get", path] as const;

export const jobsQuery = (state: (typeof jobStates)[number][] | undefined) =>
  pagedQuery([...jobsKey, "list", { state }], async (cursor, signal) => {
    const query = present({ state, limit: 50, cursor });
    return answered(await client.GET(path, { params: { query }, signal }));
  });
