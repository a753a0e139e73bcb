import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client } from "@/api/client";
import type { Preferences, PreferencesDraft } from "@/api/types";

const mine = "/api/v1/admin/preferences";
const ofUser = "/api/v1/admin/users/{user_id}/preferences";

/** `user`: another person's, for administrators; null: one's own. */
export const preferencesQuery = (user: number | null) =>
  queryOptions({
    queryKey: ["get", mine, user] as const,
    queryFn: async ({ signal }) =>
      answered(
        user === null
          ? await client.GET(mine, { signal })
          : await client.GET(ofUser, { params: { path: { user_id: user } }, signal }),
      ),
  });

/** What is absent takes its default, but for the chat address, which stays. */
export async function replacePreferences(user: number | null, body: PreferencesDraft): Promise<Preferences> {
  return answered(
    user === null
      ? await client.PUT(mine, { body })
      : await client.PUT(ofUser, { params: { path: { user_id: user } }, body }),
  );
}
