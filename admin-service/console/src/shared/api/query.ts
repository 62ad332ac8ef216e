/** The cache of what was read: repeats only what may succeed the next time. */

import { QueryClient } from "@tanstack/react-query";

import { ApiProblem } from "./problem";

const MAX_REPEATS = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < MAX_REPEATS && mayPass(error),
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  });
}

function mayPass(error: unknown): boolean {
  return !(error instanceof ApiProblem) || error.status === 0 || error.status >= 502;
}
