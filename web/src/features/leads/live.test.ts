import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyEvents } from '@/lib/live/live';
import { rowsOf, type Pages } from '@/lib/query/pages';
import { tasksKey } from '@/lib/records/tasks';
import type { Lead } from './filters';
import { leadsLive } from './live';
import { leadKeys } from './queries';
import { aLead } from './sample';

let cache: QueryClient;
let seq = 0;

beforeEach(() => {
  vi.useFakeTimers();
  cache = new QueryClient();
  cache.setQueryData<Pages<Lead>>([...leadKeys.lists, {}], {
    pages: [{ items: [aLead({ id: 5 }), aLead({ id: 3 })], next_cursor: null }],
    pageParams: [null],
  });
});
afterEach(() => {
  vi.runOnlyPendingTimers();
  cache.clear();
  vi.useRealTimers();
});

const hear = (name: string, payload: Record<string, unknown>) =>
  applyEvents(cache, [leadsLive], [{ name, payload: { ...payload, seq: ++seq } }]);
const rows = () => rowsOf(cache.getQueryData<Pages<Lead>>([...leadKeys.lists, {}]));

describe('live events of leads', () => {
  it('have what was read of leads read anew, once for many, where an import names none of them', () => {
    const asked = vi.spyOn(cache, 'invalidateQueries');
    for (let chunk = 0; chunk < 20; chunk += 1) hear('LEADS_CHANGED', { leads: 500 });
    expect(asked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect(asked.mock.calls.map(([given]) => given?.queryKey)).toEqual([leadKeys.lists, leadKeys.summaries, ['lead'], ['timeline']]);
  });

  it('bring a new lead in, change one, and take away what left one’s sight', () => {
    hear('NEW_LEAD', { lead: aLead({ id: 9 }) });
    hear('LEAD_UPDATED', { lead: aLead({ id: 3, full_name: 'Luis' }), changed: ['full_name'] });
    hear('LEAD_UPDATED', { id: 5, visible: false });
    expect(rows().map(({ id, full_name }) => [id, full_name])).toEqual([
      [9, 'Ana Ruiz'],
      [3, 'Luis'],
    ]);
  });

  it('ask for the figures and the open timeline once for a whole burst, and never for the lists', () => {
    const asked = vi.spyOn(cache, 'invalidateQueries');
    for (let number = 0; number < 20; number += 1) hear('LEAD_UPDATED', { lead: aLead({ id: 3 }), changed: ['messages'] });
    vi.advanceTimersByTime(5000);
    expect(asked.mock.calls.map(([filters]) => filters?.queryKey)).toEqual([leadKeys.timeline(3), leadKeys.summaries]);
  });

  it('ask nothing of a lead that was deleted meanwhile, whose timeline is no more', () => {
    cache.setQueryData(leadKeys.one(3), aLead({ id: 3 }));
    const asked = vi.spyOn(cache, 'invalidateQueries');
    hear('LEAD_UPDATED', { lead: aLead({ id: 3 }), changed: ['notes'] });
    hear('LEAD_UPDATED', { lead: aLead({ id: 3, deleted_at: '2026-11-28T00:00:00Z' }), changed: ['deleted_at'] });
    vi.advanceTimersByTime(5000);
    expect(asked.mock.calls.map(([filters]) => filters?.queryKey)).toEqual([tasksKey, leadKeys.summaries]);
  });
});
