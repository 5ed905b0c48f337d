/** A lead's codes in the reader's words. */
import { clock, day, weekday } from '@/lib/i18n/format';

export { sourceName } from '@/lib/leads/source';

const DAY_MS = 24 * 3_600_000;
const NEAR_DAYS = 6;

/** When a meeting begins, as short as it can be said: «mar 10:30» within the week, the date beyond. */
export function shortly(at: string, now: number, language: string): string {
  if (Date.parse(at) - now > NEAR_DAYS * DAY_MS) return day(at, language);
  return `${weekday(at, language).split(' ')[0] ?? ''} ${clock(at, language)}`;
}

/** Whole days since then. */
export function daysSince(at: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(at)) / DAY_MS));
}
