/** What the company hands out, erases and keeps of people. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';

export type PrivacyRequest = Schemas['PrivacyRequestView'];
export type Rules = Schemas['RetentionView'];
export type Due = Schemas['RetentionDueView'];

/** From which page somebody is meant. */
export type Named = { readonly lead_id: number } | { readonly client_id: number };

const WAITING_MS = 3000;

export const privacyKeys = {
  requests: ['privacy', 'requests'],
  rules: ['privacy', 'rules'],
} as const;

export const requestsQuery = infiniteQueryOptions({
  queryKey: privacyKeys.requests,
  queryFn: async ({ pageParam, signal }) =>
    bodyOf(await api.GET('/crm/privacy/requests', { params: { query: { cursor: pageParam, limit: 50 } }, signal })),
  refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isWaiting)) ? WAITING_MS : false),
  ...pageParams,
});

export const rulesQuery = queryOptions({
  queryKey: privacyKeys.rules,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/privacy/retention', { signal })),
});

export const dueQuery = (rules: Rules) =>
  queryOptions({
    queryKey: ['privacy', 'due', rules],
    queryFn: async ({ signal }) => bodyOf(await api.POST('/crm/privacy/retention/preview', { body: rules, signal })),
  });

export const personQuery = (named: Named) =>
  queryOptions({
    queryKey: ['privacy', 'person', named],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/privacy/person', { params: { query: named }, signal })),
    staleTime: 0,
  });

export async function writeRules(rules: Rules): Promise<Rules> {
  return bodyOf(await api.PUT('/crm/privacy/retention', { body: rules }));
}

export async function erasePerson(named: Named, confirm: string): Promise<PrivacyRequest> {
  return bodyOf(await api.POST('/crm/privacy/erasures', { body: { ...named, confirm } }));
}

/** Where the browser saves the archive from. */
export function exportAddress(named: Named): string {
  const [[name, id] = ['', 0]] = Object.entries(named);
  return `/crm/privacy/export.zip?${name}=${String(id)}`;
}

export function isWaiting({ state }: PrivacyRequest): boolean {
  return state === 'waiting';
}

/** Whether what was typed is what has to be typed; the server judges it again. */
export function isConfirmed(typed: string, wanted: string): boolean {
  return typed.trim().toLocaleLowerCase() === wanted.trim().toLocaleLowerCase();
}
