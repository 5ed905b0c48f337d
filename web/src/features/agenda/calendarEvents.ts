/** From what was read to what the calendar draws. Pure. */
import type { EventInput } from '@fullcalendar/react';
import { isHold } from './holds';
import { workedSpans } from './hours';
import type { Window } from './period';
import type { AgendaEvent, Seller } from './queries';
import { isMeeting } from './words';

/** Colours of sellers, in turn; the name in each event says it too. Violet is the agent's and red says danger. */
const COLOURS = ['primary', 'ok', 'cold', 'warm', 'note', 'hot'] as const;

export function colourOf(sellerId: number, sellers: readonly Pick<Seller, 'id'>[]): string {
  const index = Math.max(0, sellers.findIndex(({ id }) => id === sellerId));
  return COLOURS[index % COLOURS.length] ?? 'primary';
}

/** Events that block no more, or are no meeting, look muted. */
export function isMuted(event: AgendaEvent): boolean {
  return (!isMeeting(event) && !isHold(event)) || event.status === 'done' || event.status === 'no_show';
}

/** Whether it may still be moved or cancelled; what is Google's is changed there. */
export function isLive(event: AgendaEvent): boolean {
  if (event.kind === 'google' || isHold(event)) return false;
  return event.status === 'held' || event.status === 'confirmed';
}

interface Drawn {
  readonly sellers: readonly Seller[];
  readonly hidden: readonly number[];
  readonly movable: boolean;
}

export function calendarEvents(events: readonly AgendaEvent[], { sellers, hidden, movable }: Drawn): EventInput[] {
  return events
    .filter(({ seller_id }) => !hidden.includes(seller_id))
    .map((event) => {
      const held = isHold(event);
      const colour = held ? 'agent' : isMuted(event) ? 'muted' : colourOf(event.seller_id, sellers);
      return {
        id: String(event.id),
        start: event.starts_at,
        end: event.ends_at,
        editable: movable && isLive(event),
        color: held ? 'transparent' : `var(--nx-${colour}-soft)`,
        contrastColor: `var(--nx-${colour}-fg)`,
        extendedProps: { event },
      };
    });
}

/** Everything but the seller's working hours, as background; nothing where the hours are unknown. */
export function outsideHours(seller: Seller | undefined, { from, to }: Window): EventInput[] {
  const spans = seller ? workedSpans(seller, new Date(from), new Date(to)) : null;
  if (!spans) return [];
  const edges = [new Date(from), ...spans.flatMap(({ start, end }) => [start, end]), new Date(to)];
  const gaps: EventInput[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const [start, end] = [edges[index], edges[index + 1]];
    if (start && end && start < end) gaps.push({ id: `outside ${index}`, start, end, display: 'background' });
  }
  return gaps;
}
