import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { applyEvents } from '@/lib/live/live';
import { rowsOf, type Pages } from '@/lib/query/pages';
import { notificationsLive } from './live';
import { bellKeys, recordOf, type Notification, type Summary } from './queries';

const told = (id: number, change: Partial<Notification> = {}): Notification => ({
  id,
  kind: 'person_needed',
  lead_id: 7,
  lead_name: 'Ana Ruiz',
  conversation_id: 4,
  event_id: null,
  data: { cause: 'person_requested', score: null, starts_at: null },
  created_at: '2026-11-22T12:00:00Z',
  read_at: null,
  ...change,
});

function cacheWith(...items: Notification[]): QueryClient {
  const cache = new QueryClient();
  cache.setQueryData(bellKeys.list, { pages: [{ items, next_cursor: null }], pageParams: [null] });
  cache.setQueryData<Summary>(bellKeys.summary, { unread: items.length, person_needed: items.length });
  return cache;
}

const ids = (cache: QueryClient) => rowsOf(cache.getQueryData<Pages<Notification>>(bellKeys.list)).map(({ id }) => id);
const summary = (cache: QueryClient) => cache.getQueryData<Summary>(bellKeys.summary);
const apply = (cache: QueryClient, payload: object) =>
  applyEvents(cache, [notificationsLive], [{ name: 'NOTIFICATION', payload: { ...payload, seq: 1 } }]);

describe('a notification that arrives', () => {
  it('stands first and is counted', () => {
    const cache = cacheWith(told(1));
    apply(cache, { notification: told(2, { kind: 'booking', conversation_id: null, event_id: 9 }), again: false });
    expect(ids(cache)).toEqual([2, 1]);
    expect(summary(cache)).toEqual({ unread: 2, person_needed: 1 });
  });

  it('takes the place of the unread one about the same record, and is not counted again', () => {
    const cache = cacheWith(told(2, { conversation_id: 5 }), told(1));
    apply(cache, { notification: told(3), again: true });
    expect(ids(cache)).toEqual([3, 2]);
    expect(summary(cache)).toEqual({ unread: 2, person_needed: 2 });
  });

  it('stands beside one that was read', () => {
    const cache = cacheWith(told(1, { read_at: '2026-11-22T12:01:00Z' }));
    apply(cache, { notification: told(2), again: false });
    expect(ids(cache)).toEqual([2, 1]);
  });

  it('is not counted twice', () => {
    const cache = cacheWith();
    apply(cache, { notification: told(1), again: false });
    apply(cache, { notification: told(1), again: false });
    expect(summary(cache)).toEqual({ unread: 1, person_needed: 1 });
  });

  it('makes the bell read anew where something was read elsewhere', () => {
    const cache = cacheWith(told(1));
    apply(cache, { notification: null });
    expect(cache.getQueryState(bellKeys.summary)?.isInvalidated).toBe(true);
    expect(cache.getQueryState(bellKeys.list)?.isInvalidated).toBe(true);
  });
});

describe('a notification', () => {
  it.each([
    [told(1), '/inbox/4'],
    [told(1, { kind: 'failure' }), '/inbox/4'],
    [told(1, { kind: 'hot_lead' }), '/leads/7'],
    [told(1, { kind: 'booking', event_id: 3 }), '/calendar'],
    [told(1, { kind: 'account_waiting', lead_id: null, conversation_id: null }), '/people'],
  ])('leads to its record', (notification, path) => expect(recordOf(notification)).toBe(path));
});

describe('a lead that one was told of', () => {
  const asks = async (payload: object) => {
    const cache = cacheWith(told(1));
    applyEvents(cache, [notificationsLive], [{ name: 'LEAD_UPDATED', payload: { ...payload, seq: 1 } }]);
    await Promise.resolve();
    return cache.getQueryState(bellKeys.list)?.isInvalidated;
  };

  it('has another name, or is gone, and the bell is read anew', async () => {
    expect(await asks({ lead: { id: 7, full_name: 'Ana Gómez' }, changed: ['full_name'] })).toBe(true);
    expect(await asks({ id: 7, visible: false })).toBe(true);
  });

  it('is what it was, or another one, and nothing is asked', async () => {
    expect(await asks({ lead: { id: 7, full_name: 'Ana Ruiz' }, changed: ['messages'] })).toBe(false);
    expect(await asks({ id: 8, visible: false })).toBe(false);
  });
});
