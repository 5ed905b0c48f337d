import { describe, expect, it } from 'vitest';
import { rowsOf, type Pages } from '@/lib/query/pages';
import { filtersOf, matches, type Client } from './filters';
import { placed } from './place';

const client = (id: number, more: Partial<Client> = {}): Client => ({
  id,
  lead_id: null,
  full_name: `Client ${id}`,
  phone: null,
  phone_shown: null,
  email: null,
  owner_user_id: null,
  created_at: '2026-01-01T00:00:00Z',
  company: null,
  notes: null,
  updated_at: '2026-01-01T00:00:00Z',
  deleted_at: null,
  ...more,
});

const pages = (...ids: number[][]): Pages<Client> => ({
  pages: ids.map((page, index) => ({ items: page.map((id) => client(id)), next_cursor: index === ids.length - 1 ? null : 'more' })),
  pageParams: ids.map(() => null),
});

const idsOf = (list: Pages<Client>) => rowsOf(list).map(({ id }) => id);

describe('a client as it is now', () => {
  it('takes its place among the others, newest first', () => {
    expect(idsOf(placed(pages([9, 7], [5, 3]), client(6), {}))).toEqual([9, 7, 6, 5, 3]);
    expect(idsOf(placed(pages([9, 7], [5, 3]), client(1), {}))).toEqual([9, 7, 5, 3, 1]);
  });

  it('leaves the list whose filters it no longer meets', () => {
    expect(idsOf(placed(pages([9, 7]), client(7, { deleted_at: '2026-01-02T00:00:00Z' }), {}))).toEqual([9]);
    expect(idsOf(placed(pages([9]), client(8, { owner_user_id: 4 }), { unassigned: true }))).toEqual([9]);
  });

  it('is found by a part of its name without accents, and by digits of its number', () => {
    expect(matches(client(1, { full_name: 'José Núñez' }), { q: 'nunez' })).toBe(true);
    expect(matches(client(1, { phone: '+5491122334455' }), { q: '2233-44' })).toBe(true);
    expect(matches(client(1), { q: 'nobody' })).toBe(false);
  });

  it('is asked for by an address that makes sense', () => {
    expect(filtersOf({ q: 12, owner: 'everybody', deleted: 'true' })).toEqual({ q: '12', deleted: true });
    expect(filtersOf({ owner: -3 })).toEqual({});
  });
});
