import { expect, it } from 'vitest';
import { monthAfter, progressOf } from './month';

it('a month is told beside its targets, revenue by currency', () => {
  const month = {
    shown: 4,
    won: 1,
    revenue: [{ currency: 'USD', amount: '90.50', count: 2 }],
    targets: [
      { measure: 'meetings' as const, currency: '', amount: '10.00' },
      { measure: 'revenue' as const, currency: 'ARS', amount: '500.00' },
    ],
  };
  expect(progressOf(month)).toEqual([
    { measure: 'meetings', currency: '', reached: 4, target: 10 },
    { measure: 'won', currency: '', reached: 1, target: null },
    { measure: 'revenue', currency: 'USD', reached: 90.5, target: null },
    { measure: 'revenue', currency: 'ARS', reached: 0, target: 500 },
  ]);
});

it('months follow one another over the year', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
});
