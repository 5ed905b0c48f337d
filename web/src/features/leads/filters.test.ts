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
    const all = { campaign: 'otoño', tag: 4, field: 'size=a=b', scoreMin: 50, createdFrom: '2026-11-01', activeTo: '2026-11-03', task: 'none' } as const;
    expect(filtersOf(all)).toEqual(all);
    expect(filtersOfQuery(queryOf(all, ME), ME)).toEqual(all);
    expect(queryOf(all, ME)).toMatchObject({ tag_id: 4, field: 'size', value: 'a=b', score_min: 50, open_task: false });
    expect(filtersOf({ tag: 'x', scoreMin: 101, createdFrom: 'ayer', task: 'x', deleted: 'yes', field: '=1' })).toEqual({});
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

describe('a lead that changed', () => {
  it('is judged by its tags, fields, score, and whether it is deleted', () => {
    const lead = aLead({ tag_ids: [4], custom: { size: 'grande', vip: true }, score: 60 });
    expect(matches(lead, { tag_id: 4, field: 'vip', value: 'true', score_min: 60, score_max: 60 })).toBe(true);
    expect(matches(lead, { tag_id: 5 })).toBe(false);
    expect(matches(lead, { field: 'size', value: 'chica' })).toBe(false);
    expect(matches(aLead(), { score_min: 0 })).toBe(false);
    const gone = aLead({ deleted_at: '2026-11-02T10:00:00Z' });
    expect([matches(gone, {}), matches(gone, { deleted: true }), matches(lead, { deleted: true })]).toEqual([false, true, false]);
  });

  it('stays where only the server can judge, and comes in by what it shows', () => {
    expect(matches(aLead(), { q: 'claraboya' }, true)).toBe(true);
    expect(matches(aLead(), { q: 'claraboya' })).toBe(false);
    expect(matches(aLead(), { open_task: true }, true)).toBe(true);
    expect(matches(aLead(), { open_task: true })).toBe(false);
  });
});
