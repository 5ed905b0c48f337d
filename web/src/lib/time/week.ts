/** A week of hours, as the server keeps it: weekdays with Monday = "0"; nothing at all means always. Pure. */
import type { TFunction } from 'i18next';

export interface Range {
  readonly start: string;
  readonly end: string;
}
export type Hours = Record<string, Record<string, string>[]>;

export const WEEKDAYS = ['0', '1', '2', '3', '4', '5', '6'] as const;
export const USUAL: Range = { start: '09:00', end: '18:00' };
const WORKDAYS = WEEKDAYS.slice(0, 5);
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const MONDAY = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;

/** Monday to Friday, nine to six: what one begins with. */
export function usualWeek(): Hours {
  return Object.fromEntries(WORKDAYS.map((day) => [day, [{ ...USUAL }]]));
}

export function rangesOf(hours: Hours, day: string): readonly Range[] {
  return (hours[day] ?? []).map((range) => ({ start: range['start'] ?? '', end: range['end'] ?? '' }));
}

/** The week with other ranges on a day; a day without any is left out. */
export function withDay(hours: Hours, day: string, ranges: readonly Range[]): Hours {
  const rest = { ...hours };
  if (ranges.length > 0) rest[day] = ranges.map(({ start, end }) => ({ start, end }));
  return Object.fromEntries(Object.entries(rest).filter(([known]) => known !== day || ranges.length > 0));
}

/** What is wrong with a week, in words; undefined where nothing is. */
export function judgeHours(hours: Hours, t: TFunction): string | undefined {
  for (const day of Object.keys(hours)) {
    const ranges = rangesOf(hours, day).toSorted((a, b) => a.start.localeCompare(b.start));
    for (const [index, { start, end }] of ranges.entries()) {
      if (!CLOCK.test(start) || !(CLOCK.test(end) || end === '24:00')) return t('settings.hours.incomplete');
      if (end <= start) return t('settings.hours.backwards', { start, end });
      const next = ranges[index + 1];
      if (next && next.start < end) return t('settings.hours.overlap', { start, end });
    }
  }
  return undefined;
}

export function dayName(day: string, language: string): string {
  const name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(MONDAY + Number(day) * DAY_MS);
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

export function sayHours(hours: Hours, t: TFunction, language: string): string {
  const days = WEEKDAYS.filter((day) => rangesOf(hours, day).length > 0);
  if (days.length === 0) return t('settings.hours.always');
  const ranges = (day: string) => rangesOf(hours, day).map(({ start, end }) => `${start}-${end}`);
  return days.map((day) => `${dayName(day, language)} ${ranges(day).join(', ')}`).join('; ');
}
