/** What a seller has ahead, and their free times, in the reader's words. */
import type { TFunction } from 'i18next';
import { localeOf } from '@/lib/i18n/format';
import type { DayOff, Slot } from './queries';

const HOUR = 60;

/** «2 h 30 min» */
export function sayMinutes(minutes: number, language: string): string {
  const unit = (amount: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(localeOf(language), { style: 'unit', unit: name, unitDisplay: 'short' }).format(amount);
  const [hours, rest] = [Math.floor(minutes / HOUR), minutes % HOUR];
  return [hours > 0 ? unit(hours, 'hour') : '', rest > 0 || hours === 0 ? unit(rest, 'minute') : ''].filter(Boolean).join(' ');
}

/** The free times by day, as the seller's clock shows them. */
export function byDay(slots: readonly Slot[], zone: string, language: string): readonly (readonly [string, readonly string[]])[] {
  const locale = localeOf(language);
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'short', timeZone: zone });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
  const days = new Map<string, string[]>();
  for (const { starts_at } of slots) {
    const at = new Date(starts_at);
    const name = day.format(at);
    days.set(name, [...(days.get(name) ?? []), clock.format(at)]);
  }
  return [...days];
}

/** «23 dic 2026 – 2 ene 2027» */
export function sayDays({ first_day, last_day }: Pick<DayOff, 'first_day' | 'last_day'>, language: string): string {
  const date = new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return date.formatRange(new Date(first_day), new Date(last_day));
}

export function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}

/** «Buenos Aires» for `America/Argentina/Buenos_Aires`. */
export function placeName(zone: string): string {
  return zoneName(zone.split('/').at(-1) ?? zone);
}

/** What is wrong with days off before they are sent; undefined where nothing is. */
export function judgeDaysOff(first: string, last: string, t: TFunction): string | undefined {
  if (first === '' || last === '') return undefined;
  return last < first ? t('sellers.daysOff.backwards') : undefined;
}
