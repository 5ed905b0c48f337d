/** How live events change the agenda that was read. */
import type { QueryClient } from '@tanstack/react-query';
import type { LiveRule, LiveRules } from '@/lib/live/live';
import { agendaKeys, sellersQuery, type AgendaEvent } from './queries';
import { drop, known, show } from './shown';

/** Whoever sees no leads is told of the time alone. */
type Time = Pick<AgendaEvent, 'id' | 'seller_id' | 'kind' | 'status' | 'starts_at' | 'ends_at'>;
type Told = Time & Partial<Pick<AgendaEvent, 'lead_id' | 'conversation_id' | 'title'>>;

/** What the event does not tell (the person's name) is read once for a burst of them. */
const BURST_MS = 250;
const waiting = new WeakMap<QueryClient, ReturnType<typeof setTimeout>>();

const changed: LiveRule = (cache, payload) => {
  if (payload['visible'] === false) {
    drop(cache, Number(payload['id']));
    return;
  }
  const told = payload['event'] as Told;
  const before = known(cache, told.id);
  const seller = cache.getQueryData(sellersQuery.queryKey)?.find(({ id }) => id === told.seller_id);
  const meeting_url = before?.meeting_url ?? null; // read again below, with the name
  const { lead_id = before?.lead_id ?? null, conversation_id = before?.conversation_id ?? null, title = before?.title ?? '' } = told;
  show(cache, {
    ...told,
    lead_id,
    conversation_id,
    title,
    meeting_url,
    seller_name: seller?.name ?? before?.seller_name ?? '',
    lead_name: before?.lead_id === lead_id ? before.lead_name : null,
  });
  void cache.invalidateQueries({ queryKey: agendaKeys.free });
  readAgain(cache);
};

function readAgain(cache: QueryClient): void {
  clearTimeout(waiting.get(cache));
  waiting.set(
    cache,
    setTimeout(() => {
      for (const queryKey of [agendaKeys.events, agendaKeys.holds]) void cache.invalidateQueries({ queryKey });
    }, BURST_MS),
  );
}

export const agendaLive: LiveRules = {
  EVENT_CREATED: changed,
  EVENT_UPDATED: changed,
  // By the key alone: what reads calendars is not part of the first load.
  CALENDAR_UPDATED: (cache) => {
    for (const queryKey of [['calendars'], agendaKeys.free, agendaKeys.holds]) void cache.invalidateQueries({ queryKey });
  },
  // The length of meetings, their grid, the notice: what is free is another question now.
  SETTINGS_UPDATED: (cache, payload) => {
    if (payload['section'] === 'meetings') void cache.invalidateQueries({ queryKey: agendaKeys.free });
  },
  LEAD_UPDATED: (cache, payload) => {
    const lead = payload['lead'] as { readonly id: number; readonly full_name: string | null } | undefined;
    if (!lead) return;
    cache.setQueriesData<readonly AgendaEvent[]>({ queryKey: agendaKeys.events }, (events) =>
      events?.some((event) => event.lead_id === lead.id && event.lead_name !== lead.full_name)
        ? events.map((event) => (event.lead_id === lead.id ? { ...event, lead_name: lead.full_name } : event))
        : events,
    );
  },
};
