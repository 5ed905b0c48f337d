/** Why leads are lost, as the company says it: its list, in its order. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type LostReason = Schemas['LostReasonView'];

export const reasonsQuery = queryOptions({
  queryKey: ['lostReasons'] as const,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/pipeline/lost-reasons', { signal })).items,
  staleTime: 5 * 60_000,
});

const NONE: readonly LostReason[] = [];

/** Those that are asked for. */
export function useReasons(): readonly LostReason[] {
  return (useQuery(reasonsQuery).data ?? NONE).filter(({ archived }) => !archived);
}

/** A reason of the list, or words of somebody's own. */
export type Why = { readonly lost_reason: string } | { readonly lost_reason_other: string };
