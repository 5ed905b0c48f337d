/** What is taken in Google, drawn among the events of the agenda: seen and opened, never moved. Pure. */
import type { Mirrored } from '@/lib/calendars/calendars';
import type { AgendaEvent, Seller } from './queries';

/** Ids of our own events begin at one, so these never meet one. */
export function withMirrored(
  events: readonly AgendaEvent[],
  mirrored: readonly Mirrored[],
  sellers: readonly Pick<Seller, 'id' | 'name'>[],
): readonly AgendaEvent[] {
  if (mirrored.length === 0) return events;
  const taken = mirrored.map((one, index): AgendaEvent => ({
    id: -1 - index,
    seller_id: one.seller_id,
    seller_name: sellers.find(({ id }) => id === one.seller_id)?.name ?? '',
    kind: 'google',
    status: 'confirmed',
    starts_at: one.starts_at,
    ends_at: one.ends_at,
    lead_id: null,
    lead_name: null,
    conversation_id: null,
    title: one.title,
    meeting_url: null,
  }));
  return [...events, ...taken].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}
