/** How the events that were read stand in the cached windows, and how they change there. */
import type { QueryClient } from '@tanstack/react-query';
import { agendaKeys, type AgendaEvent } from './queries';

/** Put an event into every window that was read as it is now: changed, moved in, moved out, or gone. */
export function show(cache: QueryClient, event: AgendaEvent): void {
  for (const [key, events] of cache.getQueriesData<readonly AgendaEvent[]>({ queryKey: agendaKeys.events })) {
    if (!events) continue;
    const [from, to] = [String(key[2]), String(key[3])];
    cache.setQueryData(key, placed(events, event, from, to));
  }
}

/** The events of a window with this one as it is now, earliest first; the same array where nothing changes. */
export function placed(events: readonly AgendaEvent[], event: AgendaEvent, from: string, to: string): readonly AgendaEvent[] {
  const known = events.some(({ id }) => id === event.id);
  const inside =
    event.status !== 'cancelled' &&
    Date.parse(event.starts_at) < Date.parse(to) &&
    Date.parse(event.ends_at) > Date.parse(from);
  if (!known && !inside) return events;
  const others = events.filter(({ id }) => id !== event.id);
  if (!inside) return others;
  return [...others, event].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at) || a.id - b.id);
}

/** The event as it was read, from whatever window knows it. */
export function known(cache: QueryClient, id: number): AgendaEvent | undefined {
  return cache
    .getQueriesData<readonly AgendaEvent[]>({ queryKey: agendaKeys.events })
    .flatMap(([, events]) => events ?? [])
    .find((event) => event.id === id);
}

/** Take an event out, for one that left the reader's scope. */
export function drop(cache: QueryClient, id: number): void {
  cache.setQueriesData<readonly AgendaEvent[]>({ queryKey: agendaKeys.events }, (events) =>
    events?.some((event) => event.id === id) ? events.filter((event) => event.id !== id) : events,
  );
}
