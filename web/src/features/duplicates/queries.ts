/** Pairs that may be one person, and merges that can be undone. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';

export type Pair = Schemas['PairView'];
export type Reason = Pair['reasons'][number];
export type Lead = Schemas['LeadView'];
export type Merge = Schemas['MergeView'];
export type ListedMerge = Schemas['ListedMergeView'];
export type MergeBody = Schemas['MergeBody'];
export type Undone = Schemas['MergeUndoneView'];

export const duplicateKeys = { pairs: ['duplicates'] as const, merges: ['merges'] as const };

export const pairsQuery = (state: Pair['state']) =>
  infiniteQueryOptions({
    queryKey: [...duplicateKeys.pairs, state] as const,
    queryFn: async ({ pageParam, signal }) =>
      bodyOf(await api.GET('/crm/duplicates', { params: { query: { state, cursor: pageParam, limit: 50 } }, signal })),
    ...pageParams,
  });

export const mergesQuery = infiniteQueryOptions({
  queryKey: duplicateKeys.merges,
  queryFn: async ({ pageParam, signal }) =>
    bodyOf(await api.GET('/crm/merges', { params: { query: { cursor: pageParam, limit: 20 } }, signal })),
  ...pageParams,
});

export const wholeLeadQuery = (id: number) =>
  queryOptions({
    queryKey: [...duplicateKeys.pairs, 'lead', id] as const,
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/leads/{lead_id}', { params: { path: { lead_id: id } }, signal })),
  });

const at = (id: number) => ({ params: { path: { pair_id: id } } });

export async function dismiss(id: number): Promise<void> {
  await api.POST('/crm/duplicates/{pair_id}/dismiss', at(id));
}

export async function reopen(id: number): Promise<void> {
  await api.POST('/crm/duplicates/{pair_id}/reopen', at(id));
}

export async function lookAgain(): Promise<void> {
  await api.POST('/crm/duplicates/scan');
}

export async function merge(body: MergeBody): Promise<Merge> {
  return bodyOf(await api.POST('/crm/merges', { body }));
}

export async function undo(id: number): Promise<Undone> {
  return bodyOf(await api.POST('/crm/merges/{merge_id}/undo', { params: { path: { merge_id: id } } }));
}
