/** An address and an amount are read as people write them, and nothing else gets through. */
import { describe, expect, it } from 'vitest';
import { amountOf, csvAddress, isFiltered, monthsLater, queryOf, searchOf } from './filters';

const NOW = new Date(2026, 10, 27);

describe('an amount', () => {
  it.each([
    ['1200', '1200'],
    ['1.234,50', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1.234', '1234'],
    ['12,5', '12.5'],
    ['1 234,56', '1234.56'],
    ['1.234.567', '1234567'],
    ['0,01', '0.01'],
  ])('%s is %s', (text, amount) => {
    expect(amountOf(text)).toBe(amount);
  });

  it.each(['', '0', '0,00', '-5', 'abc', '1.2.3,4x', '$5', '12345678901234'])('%s is none', (text) => {
    expect(amountOf(text)).toBeNull();
  });
});

describe('the address', () => {
  it('leaves out what is no filter', () => {
    expect(searchOf({ month: '2026-13', kind: 'gift', seller: -1, currency: 'usd', tab: 'x', line: 1.5 })).toEqual({});
    const good = { month: '2026-02', kind: 'income', state: 'pending', seller: 3, currency: 'USD', tab: 'rules', line: 9 };
    expect(searchOf(good)).toEqual(good);
  });

  it('asks for the whole month, the present one by itself', () => {
    expect(queryOf({ month: '2028-02', kind: 'expense' }, NOW)).toEqual({ from: '2028-02-01', to: '2028-02-29', kind: 'expense' });
    expect(queryOf({}, NOW)).toEqual({ from: '2026-11-01', to: '2026-11-30' });
    expect(queryOf({ month: 'all', lead: 4 }, NOW)).toEqual({ lead_id: 4 });
    expect(csvAddress(queryOf({ month: 'all' }, NOW))).toBe('/crm/transactions.csv');
    expect(csvAddress({ from: '2026-11-01' })).toBe('/crm/transactions.csv?from=2026-11-01');
  });

  it('knows the months around the year and what is filtered', () => {
    expect([monthsLater('2026-12', 1), monthsLater('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
    expect([isFiltered({ month: '2026-01' }), isFiltered({ seller: 1 })]).toEqual([false, true]);
  });
});
