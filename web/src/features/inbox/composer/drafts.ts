/** What stands in a conversation's box and was not sent: kept in memory, never in storage, gone with the logout. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Kind } from './sending';

export interface Drafts {
  readonly kind: Kind;
  readonly message: string;
  readonly note: string;
}

const EMPTY: Drafts = { kind: 'message', message: '', note: '' };

const draftsQuery = (id: number) =>
  queryOptions<Drafts>({
    queryKey: ['inbox', 'composer', id],
    queryFn: ({ client, queryKey }) => client.getQueryData(queryKey) ?? EMPTY,
    initialData: EMPTY,
    staleTime: Infinity,
    gcTime: Infinity,
  });

export function useDrafts(id: number): [Drafts, (fields: Partial<Drafts>) => void] {
  const cache = useQueryClient();
  const query = draftsQuery(id);
  const { data } = useQuery(query);
  return [data, (fields) => cache.setQueryData(query.queryKey, (known) => ({ ...(known ?? EMPTY), ...fields }))];
}
