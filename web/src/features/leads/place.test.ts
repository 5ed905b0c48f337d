import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Pages } from '@/lib/query/pages';
import type { Lead } from './filters';
import { dropLead, placeLeads, placeRows } from './place';
import { leadKeys, type Summary } from './queries';
import { aLead } from './sample';

const pages = (more: boolean, ...ids: number[][]): Pages<Lead> => ({
  pages: ids.map((items, index) => ({
    items: items.map((id) => aLead({ id })),
    next_cursor: index < ids.length - 1 || more ? 'next' : null,
  })),
  pageParams: ids.map(() => null),
});
const idsOf = (list: Pages<Lead>) => list.pages.map(({ items }) => items.map(({ id }) => id));
const placed = (list: Pages<Lead>, lead: Lead, query = {}) => placeRows(list, new Map([[lead.id, lead]]), query);

describe('a lead that changed', () => {
  it('changes where it stands, and leaves the other pages as they were', () => {
    const list = pages(true, [9, 8], [7, 6]);
    const now = placed(list, aLead({ id: 7, company: 'Acme' }));
    expect(now.pages[1]?.items[0]?.company).toBe('Acme');
    expect(now.pages[0]).toBe(list.pages[0]);
  });

  it('leaves a list that it no longer belongs into', () => {
    expect(idsOf(placed(pages(false, [9, 8]), aLead({ id: 8, stage_key: 'won' }), { stage: 'new' }))).toEqual([[9]]);
  });

  it.each([
    [10, [[10, 9, 7], [5, 3]]],
    [8, [[9, 8, 7], [5, 3]]],
    [4, [[9, 7], [5, 4, 3]]],
    [2, [[9, 7], [5, 3]]],
  ])('comes in at its place: %i', (id, wanted) => {
    expect(idsOf(placed(pages(true, [9, 7], [5, 3]), aLead({ id })))).toEqual(wanted);
  });

  it('comes in at the end of a list that is loaded whole, an empty one too', () => {
    expect(idsOf(placed(pages(false, [9, 7]), aLead({ id: 2 })))).toEqual([[9, 7, 2]]);
    expect(idsOf(placed(pages(false, []), aLead({ id: 2 })))).toEqual([[2]]);
  });

  it('is the same list where nothing of it is shown', () => {
    const list = pages(true, [9, 7]);
    expect(placed(list, aLead({ id: 2 }))).toBe(list);
  });
});

describe('everything that was read', () => {
  const summary: Summary = { items: [{ stage_key: 'new', leads: 2, values: [{ currency: 'USD', value: '30.10' }] }] };

  it('moves together: lists by stage, the lead, the figures', () => {
    const cache = new QueryClient();
    const before = aLead({ id: 9, value: '10.10', currency: 'USD' });
    cache.setQueryData([...leadKeys.lists, { stage: 'new' }], pages(false, [9, 8]));
    cache.setQueryData([...leadKeys.lists, { stage: 'won' }], pages(false, []));
    cache.setQueryData(leadKeys.one(9), before);
    cache.setQueryData([...leadKeys.summaries, {}], summary);
    placeLeads(cache, [{ ...before, stage_key: 'won' }]);
    expect(idsOf(cache.getQueryData([...leadKeys.lists, { stage: 'new' }]) as Pages<Lead>)).toEqual([[8]]);
    expect(idsOf(cache.getQueryData([...leadKeys.lists, { stage: 'won' }]) as Pages<Lead>)).toEqual([[9]]);
    expect(cache.getQueryData<Lead>(leadKeys.one(9))?.stage_key).toBe('won');
    expect(cache.getQueryData<Summary>([...leadKeys.summaries, {}])?.items).toEqual([
      { stage_key: 'new', leads: 1, values: [{ currency: 'USD', value: '20.00' }] },
      { stage_key: 'won', leads: 1, values: [{ currency: 'USD', value: '10.10' }] },
    ]);
    cache.clear();
  });

  it('forgets a lead that left one’s sight', () => {
    const cache = new QueryClient();
    cache.setQueryData([...leadKeys.lists, {}], pages(false, [9, 8]));
    cache.setQueryData(leadKeys.one(9), aLead({ id: 9 }));
    dropLead(cache, 9);
    expect(idsOf(cache.getQueryData([...leadKeys.lists, {}]) as Pages<Lead>)).toEqual([[8]]);
    expect(cache.getQueryData(leadKeys.one(9))).toBeUndefined();
    cache.clear();
  });
});
