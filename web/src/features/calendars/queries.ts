/** What the page of calendars changes, and what it asks Google through us. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { CALENDARS } from '@/lib/calendars/calendars';

export type Choice = Schemas['CalendarChoiceView'];
export type Proposal = Schemas['ProposalView'];
export type ServiceAccount = Schemas['ServiceAccountView'];

const of = (seller_id: number) => ({ params: { path: { seller_id } } });

/** Google's page, where the seller grants the calendar. */
export async function consentUrl(seller: number): Promise<string> {
  return bodyOf(await api.POST('/agenda/calendars/{seller_id}/connect', of(seller))).url;
}

/** Each reading asks Google, so an answer serves for a while. */
export const choicesQuery = (seller: number) =>
  queryOptions({
    queryKey: [CALENDARS, 'choices', seller],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/agenda/calendars/{seller_id}/choices', { ...of(seller), signal })).items,
    retry: false,
    gcTime: 0,
  });

export const matchesQuery = queryOptions({
  queryKey: [CALENDARS, 'matches'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/agenda/google/matches', { signal })).items,
  retry: false,
});

export async function choose(seller: number, calendar_id: string): Promise<void> {
  await api.PUT('/agenda/calendars/{seller_id}', { ...of(seller), body: { calendar_id } });
}

export async function connectShared(seller: number, calendar_id: string): Promise<void> {
  await api.PUT('/agenda/calendars/{seller_id}/shared', { ...of(seller), body: { calendar_id } });
}

export async function check(seller: number): Promise<void> {
  await api.POST('/agenda/calendars/{seller_id}/check', of(seller));
}

/** Whether Google took the grant back too. */
export async function disconnect(seller: number): Promise<boolean> {
  return bodyOf(await api.DELETE('/agenda/calendars/{seller_id}', of(seller))).revoked;
}

/** Called as it is: the cache of mutations would remember the key file. */
export async function sendKeyFile(key_file: string): Promise<ServiceAccount> {
  return bodyOf(await api.PUT('/agenda/google/service-account', { body: { key_file } }));
}
