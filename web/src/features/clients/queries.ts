/** What the pages of clients read and change. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';
import type { Client, ClientQuery } from './filters';

export type ClientRecord = Schemas['ClientRecordView'];
export type ClientChange = Partial<Schemas['ClientBody']>;
export type NewClient = Schemas['NewClientBody'];
export type Person = Schemas['ClientContactBody'];
export type Happening = Schemas['ClientHappeningView'];
export type Kind = Happening['kind'];

export const clientKeys = {
  lists: ['clients'] as const,
  counts: ['clientCount'] as const,
  one: (id: number) => ['client', id] as const,
  timeline: (id: number) => ['clientTimeline', id] as const,
};

/** Live events keep the lists exact. */
export const clientsQuery = (query: ClientQuery) =>
  infiniteQueryOptions({
    queryKey: [...clientKeys.lists, query] as const,
    queryFn: async ({ pageParam, signal }) =>
      bodyOf(await api.GET('/crm/clients', { params: { query: { ...query, cursor: pageParam, limit: 100 } }, signal })),
    staleTime: Infinity,
    ...pageParams,
  });

export const countQuery = (query: ClientQuery) =>
  queryOptions({
    queryKey: [...clientKeys.counts, query] as const,
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/clients/count', { params: { query }, signal })).count,
  });

const at = (id: number) => ({ params: { path: { client_id: id } } });

export const clientQuery = (id: number) =>
  queryOptions({
    queryKey: clientKeys.one(id),
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/clients/{client_id}', { ...at(id), signal })),
  });

/** Of the wanted kinds; none: everything. */
export const timelineQuery = (id: number, kinds: readonly Kind[]) =>
  infiniteQueryOptions({
    queryKey: [...clientKeys.timeline(id), kinds] as const,
    queryFn: async ({ pageParam, signal }) => {
      const query = { cursor: pageParam, limit: 30, ...(kinds.length > 0 && { kind: [...kinds] }) };
      return bodyOf(await api.GET('/crm/clients/{client_id}/timeline', { params: { path: { client_id: id }, query }, signal }));
    },
    ...pageParams,
  });

export async function createClient(body: NewClient): Promise<Client> {
  return bodyOf(await api.POST('/crm/clients', { body }));
}

export async function changeClient(id: number, body: ClientChange): Promise<Client> {
  return bodyOf(await api.PATCH('/crm/clients/{client_id}', { ...at(id), body }));
}

export async function writePersons(id: number, items: readonly Person[]): Promise<void> {
  await api.PUT('/crm/clients/{client_id}/contacts', { ...at(id), body: { items: [...items] } });
}

export async function putAway(id: number): Promise<Client> {
  return bodyOf(await api.DELETE('/crm/clients/{client_id}', at(id)));
}

export async function restore(id: number): Promise<Client> {
  return bodyOf(await api.POST('/crm/clients/{client_id}/restore', at(id)));
}
