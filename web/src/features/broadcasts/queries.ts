/** Broadcasts with their figures, and what one would do before it is begun. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';
import { broadcastKeys } from './keys';

export type Broadcast = Schemas['BroadcastView'];
export type Preview = Schemas['PreviewView'];
export type PreviewBody = Schemas['PreviewBody'];
export type NewBroadcast = Schemas['BroadcastBody'];
export type Recipient = Schemas['RecipientView'];
export type Filters = Schemas['LeadFilters'];
export type Verb = 'pause' | 'resume' | 'cancel';

export const broadcastsQuery = queryOptions({
  queryKey: broadcastKeys.list,
  queryFn: ({ signal }) =>
    everyPage(async (cursor) =>
      bodyOf(await api.GET('/chat/broadcasts', { signal, params: { query: { limit: 100, ...(cursor && { cursor }) } } })),
    ),
});

export const recipientsQuery = (id: number) =>
  queryOptions({
    queryKey: broadcastKeys.recipients(id),
    queryFn: async ({ signal }) =>
      bodyOf(
        await api.GET('/chat/broadcasts/{broadcast_id}/recipients', {
          signal,
          params: { path: { broadcast_id: id }, query: { limit: 100 } },
        }),
      ),
  });

export const previewQuery = (body: PreviewBody, enabled: boolean) =>
  queryOptions({
    queryKey: broadcastKeys.preview(body),
    queryFn: async ({ signal }) => bodyOf(await api.POST('/chat/broadcasts/preview', { signal, body })),
    enabled,
    retry: false,
    staleTime: 10_000,
  });

export async function begin(body: NewBroadcast, key: string): Promise<Broadcast> {
  return bodyOf(await api.POST('/chat/broadcasts', { params: { header: { 'Idempotency-Key': key } }, body }));
}

export async function steer(id: number, verb: Verb): Promise<Broadcast> {
  const params = { path: { broadcast_id: id } };
  if (verb === 'pause') return bodyOf(await api.POST('/chat/broadcasts/{broadcast_id}/pause', { params }));
  if (verb === 'resume') return bodyOf(await api.POST('/chat/broadcasts/{broadcast_id}/resume', { params }));
  return bodyOf(await api.POST('/chat/broadcasts/{broadcast_id}/cancel', { params }));
}
