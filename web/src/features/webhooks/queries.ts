/** The company's outgoing webhooks, their log, and what can be done with them. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';

export type Endpoint = Schemas['EndpointView'];
export type NewEndpoint = Schemas['NewEndpointBody'];
export type Delivery = Schemas['DeliveryView'];
export type Secret = Schemas['SecretView'];
export type EventType = Endpoint['event_types'][number];

export const EVENT_TYPES: readonly EventType[] = [
  'NEW_LEAD',
  'LEAD_UPDATED',
  'NEW_MESSAGE',
  'MESSAGE_STATUS',
  'CONVERSATION_UPDATED',
  'EVENT_CREATED',
  'EVENT_UPDATED',
  'CLIENT_CREATED',
];
/** Health is of the other side: it is asked for again while somebody looks. */
const AGAIN_MS = 5000;

export const endpointsKey = ['webhooks'] as const;

export const endpointsQuery = queryOptions({
  queryKey: endpointsKey,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/webhooks', { signal })).items,
  refetchInterval: AGAIN_MS,
});

export const deliveriesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...endpointsKey, id, 'log'] as const,
    queryFn: async ({ pageParam, signal }) =>
      bodyOf(
        await api.GET('/admin/core/webhooks/{endpoint_id}/deliveries', {
          params: { path: { endpoint_id: id }, query: { cursor: pageParam, limit: 25 } },
          signal,
        }),
      ),
    ...pageParams,
    refetchInterval: AGAIN_MS,
  });

const at = (id: number) => ({ params: { path: { endpoint_id: id } } });

export async function addEndpoint(body: NewEndpoint): Promise<Secret> {
  return bodyOf(await api.POST('/admin/core/webhooks', { body }));
}

export async function changeEndpoint(id: number, body: Schemas['EndpointBody']): Promise<Endpoint> {
  return bodyOf(await api.PATCH('/admin/core/webhooks/{endpoint_id}', { ...at(id), body }));
}

export async function removeEndpoint(id: number): Promise<void> {
  await api.DELETE('/admin/core/webhooks/{endpoint_id}', at(id));
}

export async function rotateSecret(id: number): Promise<Secret> {
  return bodyOf(await api.POST('/admin/core/webhooks/{endpoint_id}/secret', at(id)));
}

export async function ping(id: number): Promise<unknown> {
  return bodyOf(await api.POST('/admin/core/webhooks/{endpoint_id}/ping', at(id)));
}

export async function replay(id: number, delivery: number): Promise<unknown> {
  const params = { path: { endpoint_id: id, delivery_id: delivery } };
  return bodyOf(await api.POST('/admin/core/webhooks/{endpoint_id}/deliveries/{delivery_id}/replay', { params }));
}

/** As far back as dead letters are kept. */
export async function replayDead(id: number): Promise<number> {
  const since = new Date(Date.now() - 31 * 24 * 3600 * 1000).toISOString();
  return bodyOf(await api.POST('/admin/core/webhooks/{endpoint_id}/replay', { ...at(id), body: { since } })).replayed;
}
