/** The cache of what the API said. Live events keep it fresh, so nothing is asked again for its age alone. */
import { QueryClient } from '@tanstack/react-query';
import { asProblem } from '@/lib/api/problem';

const MOST_RETRIES = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < MOST_RETRIES && asProblem(error).passing,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
