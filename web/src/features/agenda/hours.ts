/** A seller's working hours as instants, and how far the seller's clock is from the reader's. Pure. */
import { localeOf } from '@/lib/i18n/format';
import { addDays } from './period';
import type { Seller } from './queries';

interface Span {
  readonly start: Date;
  readonly end: Date;
}

const MINUTE_MS = 60_000;

/** The stretches in which the seller works between two instants, in order; null where nobody knows. */
export function workedSpans(seller: Pick<Seller, 'zone' | 'working_hours'>, from: Date, to: Date): Span[] | null {
  const week = seller.working_hours;
  if (week === null) return null;
  const spans: Span[] = [];
  for (let day = dayIn(seller.zone, from); ; day = addDays(day, 1)) {
    if (instantOf(seller.zone, day, '00:00') >= to) return spans;
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
    for (const range of week[String(weekday)] ?? []) {
      const span = { start: instantOf(seller.zone, day, range.start), end: instantOf(seller.zone, day, range.end) };
      if (span.start < to && span.end > from) spans.push(span);
    }
  }
}

/** The day that the clock of a zone shows at an instant. */
export function dayIn(zone: string, at: Date): string {
  return new Date(at.getTime() + offsetOf(zone, at) * MINUTE_MS).toISOString().slice(0, 10);
}

/** When the zone's clock shows this; «24:00» is the next midnight. A time that the clocks jump over is the one after. */
export function instantOf(zone: string, day: string, clock: string): Date {
  const [hours, minutes] = clock.split(':').map(Number) as [number, number];
  const shown = Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * MINUTE_MS;
  const guess = shown - offsetOf(zone, new Date(shown)) * MINUTE_MS;
  return new Date(shown - offsetOf(zone, new Date(guess)) * MINUTE_MS);
}

/** Whether the zone's clock shows another time than the reader's at that instant. */
export function differs(zone: string, at: Date): boolean {
  return offsetOf(zone, at) !== -at.getTimezoneOffset();
}

/** What the zone's clock shows. */
export function clockIn(zone: string, at: Date, language: string): string {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(localeOf(language), { ...clock, timeZone: zone }).format(at);
}

/** «Mexico City» for `America/Mexico_City`. */
export function placeOf(zone: string): string {
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC. */
function offsetOf(zone: string, at: Date): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0;
}
