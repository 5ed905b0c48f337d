/** What the agenda reads and changes. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';
import { dayIn } from './hours';
import { addDays, startOf, type Window } from './period';

export type AgendaEvent = Schemas['EventView'];
export type Seller = Schemas['SellerView'];
export type Lead = Schemas['LeadView'];
export type Slot = Schemas['SlotView'];
export type Explanation = Schemas['ExplanationView'];

export const agendaKeys = {
  events: ['agenda', 'events'] as const,
  free: ['agenda', 'free'] as const,
  holds: ['agenda', 'holds'] as const,
};

const PAGE = 100;
const DAYS_AHEAD = 7;
const ENOUGH = 4;

export const sellersQuery = queryOptions({
  queryKey: ['agenda', 'sellers'],
  queryFn: ({ signal }) =>
    everyPage(async (cursor) => bodyOf(await api.GET('/crm/sellers', { params: { query: { cursor, limit: PAGE } }, signal }))),
});

export const eventsQuery = ({ from, to }: Window) =>
  queryOptions({
    queryKey: [...agendaKeys.events, from, to],
    queryFn: ({ signal }) =>
      everyPage(async (cursor) => {
        const query = { from, to, cursor, limit: PAGE };
        return bodyOf(await api.GET('/agenda/events', { params: { query }, signal }));
      }),
  });

/** What a seller's free times on one of the reader's days are asked by. */
export interface FreeAsked {
  readonly seller: Seller;
  readonly day: string;
  readonly minutes: number;
}

/** The seller's free times on the reader's day, which in another zone lies on two days of the seller's. */
export const freeQuery = ({ seller, day, minutes }: FreeAsked) =>
  queryOptions({
    queryKey: [...agendaKeys.free, seller.id, day, minutes],
    queryFn: async ({ signal }) => {
      const [start, end] = [startOf(day), startOf(addDays(day, 1))];
      const days = new Set([dayIn(seller.zone, start), dayIn(seller.zone, new Date(end.getTime() - 1))]);
      const answers = await Promise.all([...days].map((one) => availability(seller.id, one, minutes, undefined, signal)));
      return {
        confirmed: answers.every(({ confirmed }) => confirmed),
        slots: answers
          .flatMap(({ slots }) => slots)
          .filter((slot) => new Date(slot.starts_at) >= start && new Date(slot.starts_at) < end),
      };
    },
    staleTime: 10_000,
  });

/** The first free times after a moment, within the week that follows. */
export const nextFreeQuery = ({ seller, minutes }: Omit<FreeAsked, 'day'>, after: Date) =>
  queryOptions({
    queryKey: [...agendaKeys.free, 'next', seller.id, minutes, after.toISOString()],
    queryFn: async ({ signal }) => {
      const found: Slot[] = [];
      let day = dayIn(seller.zone, after);
      for (let asked = 0; asked < DAYS_AHEAD && found.length < ENOUGH; asked += 1, day = addDays(day, 1)) {
        const { slots, confirmed } = await availability(seller.id, day, minutes, undefined, signal);
        if (!confirmed) break; // a calendar that is silent today is silent tomorrow
        found.push(...slots.filter((slot) => new Date(slot.starts_at) > after));
      }
      return found.slice(0, ENOUGH);
    },
    staleTime: 10_000,
  });

/** Why a moment is free or not. */
export const explainQuery = (seller: Seller, at: Date, minutes?: number) =>
  queryOptions({
    queryKey: [...agendaKeys.free, 'why', seller.id, at.toISOString(), minutes ?? null],
    queryFn: async ({ signal }) => {
      const answer = await availability(seller.id, dayIn(seller.zone, at), minutes, at, signal);
      if (!answer.explanation) throw new TypeError('the answer explains nothing');
      return answer.explanation;
    },
    staleTime: 10_000,
  });

async function availability(
  seller: number,
  day: string,
  minutes: number | undefined,
  explain: Date | undefined,
  signal: AbortSignal,
) {
  const query = { seller_id: seller, day, ...(minutes && { minutes }), ...(explain && { explain: explain.toISOString() }) };
  return bodyOf(await api.GET('/agenda/availability', { params: { query }, signal }));
}

export const leadsFoundQuery = (text: string) =>
  queryOptions({
    queryKey: ['agenda', 'leads', text],
    queryFn: async ({ signal }) => {
      const query = { limit: 20, ...(text && { q: text }) };
      return bodyOf(await api.GET('/crm/leads', { params: { query }, signal })).items;
    },
  });

export const leadQuery = (id: number) =>
  queryOptions({
    queryKey: ['agenda', 'lead', id],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/crm/leads/{lead_id}', { params: { path: { lead_id: id } }, signal })),
  });

export async function book(body: Schemas['MeetingBody']): Promise<AgendaEvent> {
  return bodyOf(await api.POST('/agenda/events', { body }));
}

export async function move(id: number, body: Schemas['MoveBody']): Promise<AgendaEvent> {
  return bodyOf(await api.PATCH('/agenda/events/{event_id}', { params: { path: { event_id: id } }, body }));
}

export async function cancel(id: number): Promise<AgendaEvent> {
  return bodyOf(await api.POST('/agenda/events/{event_id}/cancel', { params: { path: { event_id: id } } }));
}

export async function mark(id: number, outcome: Schemas['MarkBody']['outcome']): Promise<AgendaEvent> {
  return bodyOf(await api.POST('/agenda/events/{event_id}/mark', { params: { path: { event_id: id } }, body: { outcome } }));
}

export async function setUrl(id: number, meeting_url: string | null): Promise<AgendaEvent> {
  return bodyOf(await api.PUT('/agenda/events/{event_id}/url', { params: { path: { event_id: id } }, body: { meeting_url } }));
}

/** How the person would be told of the change that has just been made. */
export const tellingQuery = ({ id, status, starts_at }: AgendaEvent) =>
  queryOptions({
    queryKey: ['agenda', 'telling', id, status, starts_at],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/agenda/events/{event_id}/telling', { params: { path: { event_id: id } }, signal })),
    gcTime: 0,
  });

export async function tell(id: number): Promise<void> {
  await api.POST('/agenda/events/{event_id}/telling', { params: { path: { event_id: id } } });
}

export async function restore(id: number): Promise<AgendaEvent> {
  return bodyOf(await api.POST('/agenda/events/{event_id}/restore', { params: { path: { event_id: id } } }));
}
