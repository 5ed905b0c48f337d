import { describe, expect, it } from 'vitest';
import { filtersOf, filtersOfQuery, matches, queryOf, sameFilters, searchOf } from './filters';
import { aLead } from './sample';

const ME = 7;

describe('filters of an address', () => {
  it('keep what is one and drop what is none', () => {
    expect(filtersOf({ q: 'ana', stage: 'new', interest: 'hot', owner: 'me', source: 'form' })).toEqual({
      q: 'ana',
      stage: 'new',
      interest: 'hot',
      owner: 'me',
      source: 'form',
    });
    expect(filtersOf({ q: '  ', stage: 'A b', interest: 'burning', owner: -1, source: 5 })).toEqual({});
    expect(filtersOf({ q: 1144, owner: 12 })).toEqual({ q: '1144', owner: 12 });
    expect(searchOf({ lead: 3 })).toEqual({ lead: 3 });
    expect(searchOf({ lead: '3' })).toEqual({});
  });

  it('go to the API and back through a saved view', () => {
    for (const filters of [{ owner: 'me' }, { owner: 'nobody', interest: 'hot' }, { owner: 9, q: 'x', stage: 'won' }] as const) {
      expect(sameFilters(filtersOfQuery(queryOf(filters, ME), ME), filters)).toBe(true);
    }
    expect(queryOf({ owner: 'nobody', q: ' ana ' }, ME)).toEqual({ unassigned: true, q: 'ana' });
    expect(queryOf({ owner: 'me' }, ME)).toEqual({ owner_user_id: ME });
  });
});

describe('whether a lead belongs into a list', () => {
  const lead = aLead({ full_name: 'Iván Peña', phone: '+5491155551234', stage_key: 'new', interest: 'hot' });

  it.each([
    [{}, true],
    [{ stage: 'new' }, true],
    [{ stage: 'won' }, false],
    [{ interest: 'cold' }, false],
    [{ unassigned: true }, true],
    [{ owner_user_id: ME }, false],
    [{ source: 'form' }, false],
    [{ q: 'PENA' }, true],
    [{ q: '5551234' }, true],
    [{ q: '+54 9 11 5555' }, true],
    [{ q: '12' }, false],
    [{ q: 'luis' }, false],
  ] as const)('%j: %s', (query, belongs) => {
    expect(matches(lead, query)).toBe(belongs);
  });
});
