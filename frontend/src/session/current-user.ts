import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { client } from "@/api/client";
import type { User } from "@/api/types";
import { type Ability, can } from "@/session/roles";

export const currentUserQuery = queryOptions({
  queryKey: ["get", "/api/v1/auth/me"],
  queryFn: async ({ signal }): Promise<User> => {
    const { data } = await client.GET("/api/v1/auth/me", { signal });
    if (!data) throw new Error("The server sent no user");
    return data;
  },
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

/** The signed-in user; the shell's route has fetched it before any page renders. */
export function useCurrentUser(): User {
  return useSuspenseQuery(currentUserQuery).data;
}

export function useCan(ability: Ability): boolean {
  return can(useCurrentUser(), ability);
}
