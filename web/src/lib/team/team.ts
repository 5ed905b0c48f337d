/** The names behind user ids: owners, authors, whom a conversation can be given to. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';

export type Member = Schemas['MemberView'];

export const teamKey = ['team'] as const;

export const teamQuery = queryOptions({
  queryKey: teamKey,
  queryFn: ({ signal }) =>
    everyPage(async (cursor) => bodyOf(await api.GET('/team/members', { params: { query: { cursor, limit: 100 } }, signal }))),
  staleTime: 5 * 60_000,
});

const NOBODY: readonly Member[] = [];

/** Everyone who is or was let in, by id; empty until it is known. */
export function useTeam(): readonly Member[] {
  return useQuery(teamQuery).data ?? NOBODY;
}

/** The name of somebody of the team; null for nobody, and for an id that is not known yet. */
export function useMemberName(id: number | null): string | null {
  const team = useTeam();
  return id === null ? null : (team.find((member) => member.id === id)?.name ?? null);
}
