/** Sellers' Google calendars as the server tells of them: how each fares, and when it is taken. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Calendar = Schemas['CalendarView'];
export type Calendars = Schemas['CalendarsView'];
export type Mirrored = Schemas['MirroredView'];
export type Fares = 'lost' | 'unconfirmed' | 'connected' | 'none';

/** The live rule knows this key by its first word, so that the first load needs no more than that. */
export const CALENDARS = 'calendars';

export const calendarsQuery = queryOptions({
  queryKey: [CALENDARS, 'list'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/agenda/calendars', { signal })),
});

export const mirroredQuery = ({ from, to }: { readonly from: string; readonly to: string }) =>
  queryOptions({
    queryKey: [CALENDARS, 'mirrored', from, to],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/agenda/mirrored', { params: { query: { from, to } }, signal })).items,
  });

export function faresOf({ state, problem }: Pick<Calendar, 'state' | 'problem'>): Fares {
  if (state !== 'connected') return state;
  return problem === null ? 'connected' : 'unconfirmed';
}

const WORST_FIRST: readonly Fares[] = ['lost', 'unconfirmed', 'connected', 'none'];

/** How the worst of them fares; those without a calendar count only where nobody has one. */
export function worstOf(calendars: readonly Calendar[]): Fares {
  const all = calendars.map(faresOf);
  return WORST_FIRST.find((one) => all.includes(one)) ?? 'none';
}
