import { describe, expect, it } from 'vitest';
import { readSearch } from './search';

describe('the address of the agenda', () => {
  it('is read as it was written', () => {
    const search = { view: 'month', date: '2026-11-24', hide: [2, 5], lead: 7 };
    expect(readSearch(search)).toEqual(search);
  });

  it.each([
    { view: 'year' },
    { view: 'week' }, // the ordinary view needs no word
    { date: '2026-02-30' },
    { date: '24/11/2026' },
    { date: 20261124 },
    { hide: 'all' },
    { hide: [0, -1, 1.5, '2'] },
    { lead: 'ana' },
    { lead: 0 },
  ])('leaves out what makes no sense: %j', (search) => expect(readSearch(search)).toEqual({}));

  it('hides nobody twice', () => expect(readSearch({ hide: [3, 3] })).toEqual({ hide: [3] }));
});
