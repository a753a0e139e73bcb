import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { Silence, SilenceDraft, SilenceMatchers, SilenceState } from "@/api/types";

const path = "/api/v1/admin/silences";

export const silenceKeys = {
  lists: ["get", path, "list"] as const,
  previews: ["get", path, "preview"] as const,
};

export const silencesQuery = (state: SilenceState) =>
  pagedQuery([...silenceKeys.lists, state], async (cursor, signal) => {
    const query = present({ state: [state], limit: 50, cursor });
    return answered(await client.GET(path, { params: { query }, signal }));
  });

/** What a silence would hide; the former answer stays in sight until the next one is there. */
export const previewQuery = (matchers: SilenceMatchers, enabled: boolean) =>
  queryOptions({
    queryKey: [...silenceKeys.previews, matchers],
    queryFn: async ({ signal }) => answered(await client.POST(`${path}/preview`, { body: { matchers }, signal })),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    // Whoever sends the form waits for it: offline it fails, as a paused one would hold the form for good.
    networkMode: "always",
  });

export async function createSilence(body: SilenceDraft): Promise<Silence> {
  return answered(await client.POST(path, { body, headers: idempotent() }));
}

export async function endSilence(silence_id: number): Promise<void> {
  await client.DELETE(`${path}/{silence_id}`, { params: { path: { silence_id } } });
}
