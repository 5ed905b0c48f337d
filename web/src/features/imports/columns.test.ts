import { describe, expect, it } from 'vitest';
import { isEnough, letterOf, samplesOf, withField } from './columns';

describe('mapping columns', () => {
  it('gives a field to one column alone', () => {
    expect(withField(['phone', null, 'email'], 1, 'phone')).toEqual([null, 'phone', 'email']);
    expect(withField(['phone', null, 'email'], 0, null)).toEqual([null, null, 'email']);
  });
  it('wants somebody who can be recognised', () => {
    expect(isEnough([null, 'company', 'stage'])).toBe(false);
    expect(isEnough([null, 'last_name'])).toBe(true);
  });
  it('shows what stands in a column, each text once', () => {
    expect(samplesOf([['a', ' x '], ['a'], ['b', ''], ['c', 'x'], ['d', 'y']], 0)).toEqual(['a', 'b', 'c']);
    expect(samplesOf([['a', ' x '], ['a'], ['b', ''], ['c', 'x'], ['d', 'y']], 1)).toEqual(['x', 'y']);
  });
  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 27, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
  });
});
