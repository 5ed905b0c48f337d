import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agendaLive } from './live';
import { agendaKeys, type AgendaEvent } from './queries';

const FROM = '2026-11-23T00:00:00.000Z';
const TO = '2026-11-30T00:00:00.000Z';
const KEY = [...agendaKeys.events, FROM, TO];
const ANA: AgendaEvent = {
  id: 1,
  seller_id: 1,
  seller_name: 'Luz',
  kind: 'meeting',
  status: 'confirmed',
  starts_at: '2026-11-24T13:00:00+00:00',
  ends_at: '2026-11-24T13:30:00+00:00',
  lead_id: 7,
  lead_name: 'Ana Ruiz',
  conversation_id: null,
  title: '',
  meeting_url: null,
};
const NAMES = new Set(['seller_name', 'lead_name']); // events do not tell them
const told = (change: Partial<AgendaEvent>) => {
  const fields = Object.entries({ ...ANA, ...change }).filter(([field]) => !NAMES.has(field));
  return { event: Object.fromEntries(fields), seq: 1 };
};

let cache: QueryClient;
const shown = () => cache.getQueryData<AgendaEvent[]>(KEY) ?? [];

beforeEach(() => {
  vi.useFakeTimers();
  cache = new QueryClient();
  cache.setQueryData(KEY, [ANA]);
});
afterEach(() => vi.useRealTimers());

describe('a live event of the agenda', () => {
  it('moves a meeting and keeps the person’s name', () => {
    agendaLive['EVENT_UPDATED']?.(cache, told({ starts_at: '2026-11-25T13:00:00+00:00', ends_at: '2026-11-25T13:30:00+00:00' }));
    expect(shown()).toMatchObject([{ id: 1, starts_at: '2026-11-25T13:00:00+00:00', lead_name: 'Ana Ruiz', seller_name: 'Luz' }]);
  });

  it('moves a meeting of which only the time is told', () => {
    const { id, seller_id, kind, status } = ANA;
    const time = { id, seller_id, kind, status, starts_at: '2026-11-25T13:00:00+00:00', ends_at: '2026-11-25T13:30:00+00:00' };
    agendaLive['EVENT_UPDATED']?.(cache, { event: time, seq: 1 });
    expect(shown()).toEqual([{ ...ANA, starts_at: time.starts_at, ends_at: time.ends_at }]);
  });

  it.each([
    ['was cancelled', told({ status: 'cancelled' })],
    ['left the window', told({ starts_at: TO, ends_at: '2026-11-30T00:30:00.000Z' })],
    ['left the reader’s scope', { id: 1, visible: false, seq: 1 }],
  ])('takes out what %s', (_why, payload) => {
    agendaLive['EVENT_UPDATED']?.(cache, payload);
    expect(shown()).toEqual([]);
  });

  it('puts a new meeting in its place, and reads its name once for a burst', () => {
    const read = vi.spyOn(cache, 'invalidateQueries');
    agendaLive['EVENT_CREATED']?.(cache, told({ id: 2, lead_id: 8, starts_at: FROM, ends_at: '2026-11-23T00:30:00.000Z' }));
    agendaLive['EVENT_CREATED']?.(cache, told({ id: 3, lead_id: 9, starts_at: TO, ends_at: '2026-11-30T00:30:00.000Z' }));
    expect(shown().map(({ id }) => id)).toEqual([2, 1]);
    vi.advanceTimersByTime(1000);
    expect(read.mock.calls.filter(([filter]) => filter?.queryKey === agendaKeys.events)).toHaveLength(1);
  });

  it('renames the person', () => {
    agendaLive['LEAD_UPDATED']?.(cache, { lead: { id: 7, full_name: 'Ana Paz' }, seq: 1 });
    expect(shown()[0]?.lead_name).toBe('Ana Paz');
  });
});
