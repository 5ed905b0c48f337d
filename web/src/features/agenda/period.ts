/** Which stretch of time a view shows, in the reader's zone. Days are `YYYY-MM-DD`. Pure. */
import { localeOf } from '@/lib/i18n/format';
import type { View } from './search';

/** Instants (ISO, UTC), `to` excluded: what is asked of the API. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

const WEEK = 7;
const MONTH_ROWS = 6;

export function dayOf(moment: Date): string {
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** Midnight of the day in the reader's zone. */
export function startOf(day: string): Date {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, date);
}

export function addDays(day: string, days: number): string {
  const start = startOf(day);
  return dayOf(new Date(start.getFullYear(), start.getMonth(), start.getDate() + days));
}

/** Monday, but in English where the reader's country begins otherwise. 0 is Sunday. */
export function firstWeekday(language: string): number {
  if (language !== 'en') return 1;
  const locale = new Intl.Locale(localeOf(language)) as Intl.Locale & {
    getWeekInfo?: () => { readonly firstDay: number };
  };
  return (locale.getWeekInfo?.().firstDay ?? WEEK) % WEEK;
}

/** First day and the day after the last one. */
export function daysOf(view: View, day: string, firstDay: number): readonly [first: string, after: string] {
  if (view === 'day') return [day, addDays(day, 1)];
  if (view === 'week') {
    const first = weekStart(day, firstDay);
    return [first, addDays(first, WEEK)];
  }
  const first = weekStart(`${day.slice(0, 8)}01`, firstDay);
  return [first, addDays(first, MONTH_ROWS * WEEK)];
}

export function windowOf(view: View, day: string, firstDay: number): Window {
  const [first, after] = daysOf(view, day, firstDay);
  return { from: startOf(first).toISOString(), to: startOf(after).toISOString() };
}

/** The same view one period on or back; a month's step stays inside the wanted month. */
export function step(view: View, day: string, by: 1 | -1): string {
  if (view !== 'month') return addDays(day, by * (view === 'week' ? WEEK : 1));
  const start = startOf(day);
  const last = new Date(start.getFullYear(), start.getMonth() + by + 1, 0).getDate();
  return dayOf(new Date(start.getFullYear(), start.getMonth() + by, Math.min(start.getDate(), last)));
}

/** «23–29 nov», «30 nov – 6 dic», «martes, 24 de noviembre», «noviembre de 2026»; the year where it is not this one. */
export function periodName(view: View, day: string, language: string, now: Date): string {
  const locale = localeOf(language);
  const year = day.startsWith(String(now.getFullYear())) ? {} : ({ year: 'numeric' } as const);
  if (view === 'day') {
    const full = { weekday: 'long', day: 'numeric', month: 'long', ...year } as const;
    return new Intl.DateTimeFormat(locale, full).format(startOf(day));
  }
  if (view === 'month') return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(startOf(day));
  const [first, after] = daysOf('week', day, firstWeekday(language));
  const range = rangeName(startOf(first), startOf(addDays(after, -1)), language);
  return first.startsWith(String(now.getFullYear())) ? range : `${range}${language === 'en' ? ',' : ''} ${first.slice(0, 4)}`;
}

/** Written here, for the browsers' own ranges are long in some countries and in figures in others. */
function rangeName(first: Date, last: Date, language: string): string {
  const month = (date: Date) => new Intl.DateTimeFormat(localeOf(language), { month: 'short' }).format(date).replace('.', '');
  const name = (date: Date) => (language === 'en' ? `${month(date)} ${date.getDate()}` : `${date.getDate()} ${month(date)}`);
  if (first.getMonth() !== last.getMonth()) return `${name(first)} – ${name(last)}`;
  const days = `${first.getDate()}–${last.getDate()}`;
  return language === 'en' ? `${month(first)} ${days}` : `${days} ${month(first)}`;
}

function weekStart(day: string, firstDay: number): string {
  return addDays(day, -((startOf(day).getDay() - firstDay + WEEK) % WEEK));
}
