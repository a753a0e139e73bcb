import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "@/api/problem";

export function createAppQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // The event stream says when something changed, so that focus need not ask again.
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !isFinal(error),
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 4_000),
      },
      // Offline they fail at once and are taken back, instead of waiting unseen.
      // Nothing of them is kept: what they send and answer may be a secret.
      mutations: { retry: false, networkMode: "always", gcTime: 0 },
    },
  });
}

/** A 4xx says the same again however often it is asked. */
function isFinal(error: unknown): boolean {
  return error instanceof ProblemError && error.status < 500;
}
