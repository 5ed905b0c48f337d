import { describe, expect, it } from 'vitest';
import type { Conversation } from '@/features/inbox/queries';
import { parseSearch, searchOf, wantedOf } from '@/features/inbox/search';
import { sorted } from './order';

const row = (id: number, fields: Partial<Conversation>) => ({ id, waiting_since: null, last_inbound_at: null, ...fields }) as Conversation;

describe('the order of the list', () => {
  it('is by last activity, whatever way the moment is written', () => {
    const rows = [
      row(1, { last_message_at: '2026-11-22T12:00:00Z' }),
      row(2, { last_message_at: '2026-11-22T12:00:00.500000+00:00' }),
      row(3, { last_message_at: '2026-11-22T10:00:00-03:00' }),
    ];
    expect(sorted(rows, 'all').map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  it('is by the longest wait among those who wait', () => {
    const rows = [
      row(1, { waiting_since: '2026-11-22T12:00:00Z', last_message_at: '2026-11-22T12:30:00Z' }),
      row(2, { waiting_since: '2026-11-22T11:00:00Z', last_message_at: '2026-11-22T12:10:00Z' }),
    ];
    expect(sorted(rows, 'human').map(({ id }) => id)).toEqual([2, 1]);
  });

  it('holds each once', () => {
    const twice = row(1, { last_message_at: '2026-11-22T12:00:00Z' });
    expect(sorted([twice, twice], 'all')).toHaveLength(1);
  });
});

describe('the address', () => {
  it('holds what differs from the usual, and nothing else', () => {
    expect(parseSearch({ filter: 'all', closed: false, q: '' })).toEqual({});
    expect(parseSearch({ filter: 'human', closed: true, q: 555 })).toEqual({ filter: 'human', closed: true, q: '555' });
    expect(parseSearch({ filter: 'everyone', closed: 'yes', q: {} })).toEqual({});
  });

  it('comes back as it went', () => {
    const wanted = { filter: 'mine', closed: true, q: 'ana' } as const;
    expect(wantedOf(searchOf(wanted))).toEqual(wanted);
  });
});
