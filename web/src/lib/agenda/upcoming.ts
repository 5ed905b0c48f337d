/** The next meeting of each lead, for whoever shows leads; live events keep it by the key that the agenda's have. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { everyPage } from '@/lib/query/all';
import { can, useMe } from '@/lib/session/session';
import { useNow } from '@/lib/time/useNow';

type Meeting = Schemas['EventView'];

const PAGE = 100;
const DAYS = 60;
const NONE: readonly Meeting[] = [];

/** What is booked from this day on; a day later it is another question. */
export const upcomingQuery = (now: number) => {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  const end = new Date(start);
  end.setDate(end.getDate() + DAYS);
  const [from, to] = [start.toISOString(), end.toISOString()];
  return queryOptions({
    queryKey: ['agenda', 'events', from, to],
    queryFn: ({ signal }): Promise<readonly Meeting[]> =>
      everyPage(async (cursor) => bodyOf(await api.GET('/agenda/events', { params: { query: { from, to, cursor, limit: PAGE } }, signal }))),
  });
};

/** When each lead's next meeting begins that is certain, of those that are `earliest first`. */
export function nextByLead(meetings: readonly Meeting[], now: number): ReadonlyMap<number, string> {
  const next = new Map<number, string>();
  for (const { kind, status, lead_id: lead, starts_at: at } of meetings) {
    if (kind === 'meeting' && status === 'confirmed' && lead !== null && !next.has(lead) && Date.parse(at) > now) next.set(lead, at);
  }
  return next;
}

/** The same, as far as the reader may see agendas. */
export function useNextMeetings(): ReadonlyMap<number, string> {
  const now = useNow();
  const query = useQuery({ ...upcomingQuery(now), enabled: can(useMe(), 'agenda.read') });
  return nextByLead(query.data ?? NONE, now);
}
