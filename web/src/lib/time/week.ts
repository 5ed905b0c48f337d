/** A week of hours, as the server keeps it: weekdays with Monday = "0"; nothing at all means always. Pure. */
import type { TFunction } from 'i18next';

export interface Range {
  readonly start: string;
  readonly end: string;
}
export type Hours = Record<string, Record<string, string>[]>;

export const WEEKDAYS = ['0', '1', '2', '3', '4', '5', '6'] as const;
export const USUAL: Range = { start: '09:00', end: '18:00' };
export const WORKDAYS: readonly string[] = WEEKDAYS.slice(0, 5);
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

/** What is wrong with each day of a week, in words; nothing where all is well. */
export function judgeDays(hours: Hours, t: TFunction): Readonly<Record<string, string>> {
  const wrong = Object.keys(hours).flatMap((day) => {
    const verdict = judgeDay(rangesOf(hours, day), t);
    return verdict === undefined ? [] : [[day, verdict] as const];
  });
  return Object.fromEntries(wrong);
}

/** The first thing that is wrong with a week; undefined where nothing is. */
export function judgeHours(hours: Hours, t: TFunction): string | undefined {
  return Object.values(judgeDays(hours, t))[0];
}

function judgeDay(unsorted: readonly Range[], t: TFunction): string | undefined {
  const ranges = unsorted.toSorted((a, b) => a.start.localeCompare(b.start));
  for (const [index, { start, end }] of ranges.entries()) {
    if (!CLOCK.test(start) || !(CLOCK.test(end) || end === '24:00')) return t('settings.hours.incomplete');
    if (end <= start) return t('settings.hours.backwards', { start, end });
    const next = ranges[index + 1];
    if (next && next.start < end) return t('settings.hours.overlap', { start, end });
  }
  return undefined;
}

/** The week with the ranges of one day on others too. */
export function copied(hours: Hours, from: string, to: readonly string[]): Hours {
  return to.reduce((week, day) => withDay(week, day, rangesOf(hours, from)), hours);
}

/** «lun–vie 09:00–18:00; sáb 10:00–13:00»: neighbouring days with the same hours are said once. */
export function sayWeek(hours: Hours, language: string): string {
  const said: { first: string; last: string; ranges: string }[] = [];
  for (const day of WEEKDAYS) {
    const ranges = rangesOf(hours, day)
      .map(({ start, end }) => `${start}–${end}`)
      .join(', ');
    const before = said.at(-1);
    if (before?.ranges === ranges && Number(before.last) === Number(day) - 1) before.last = day;
    else if (ranges !== '') said.push({ first: day, last: day, ranges });
  }
  const short = (day: string) => shortDay(day, language);
  return said.map(({ first, last, ranges }) => `${first === last ? short(first) : `${short(first)}–${short(last)}`} ${ranges}`).join('; ');
}

function shortDay(day: string, language: string): string {
  const at = MONDAY + Number(day) * DAY_MS;
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(at).replaceAll('.', '');
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
