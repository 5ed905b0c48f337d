/** What the agent has offered and keeps for a customer: seen among the events, gone by itself when its time is up. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import type { Window } from './period';
import { agendaKeys, type AgendaEvent } from './queries';

export type Hold = Schemas['HoldView'];
/** An event of the agenda, or a time that is held until then. */
export type Shown = AgendaEvent & { readonly held_until?: string };

/** Above the ids of what is taken in Google, which count down from -1. */
const FIRST_ID = -1_000_000;
const LONGEST_WAIT_MS = 60_000;

const holdsQuery = ({ from, to }: Window) =>
  queryOptions({
    queryKey: [...agendaKeys.holds, from, to],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/agenda/holds', { params: { query: { from, to } }, signal })).items,
  });

/** The holds of a window that have not run out, read anew as they are made and let go. */
export function useHolds(window: Window): readonly Hold[] {
  const { data = [] } = useQuery(holdsQuery(window));
  const [now, setNow] = useState(() => Date.now());
  const next = nextEnd(data, now);
  useEffect(() => {
    if (next === null) return;
    // Never far ahead: a machine that slept wakes with its timers late.
    const timer = setTimeout(() => setNow(Date.now()), Math.min(Math.max(next - Date.now(), 0) + 50, LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  }, [next, now]);
  return alive(data, now);
}

/** Those that still hold their time. */
export function alive(holds: readonly Hold[], now: number): readonly Hold[] {
  const left = holds.filter(({ held_until }) => Date.parse(held_until) > now);
  return left.length === holds.length ? holds : left;
}

/** When the next one runs out; null where none is left. */
export function nextEnd(holds: readonly Hold[], now: number): number | null {
  const ends = alive(holds, now).map(({ held_until }) => Date.parse(held_until));
  return ends.length > 0 ? Math.min(...ends) : null;
}

export function isHold(event: AgendaEvent): event is AgendaEvent & { readonly held_until: string } {
  return event.kind === 'hold';
}

/** The events with what is held among them, by time. */
export function withHolds(events: readonly AgendaEvent[], holds: readonly Hold[]): readonly Shown[] {
  if (holds.length === 0) return events;
  const held = holds.map((hold): Shown => ({ ...hold, id: FIRST_ID - hold.id, kind: 'hold', status: 'held', title: '', meeting_url: null }));
  return [...events, ...held].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}
