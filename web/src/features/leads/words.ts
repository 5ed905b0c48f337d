/** A lead's codes in the reader's words. */
import type { TFunction } from 'i18next';
import { SOURCES } from './filters';

export function sourceName(source: string, t: TFunction): string {
  const known = SOURCES.find((each) => each === source);
  return known ? t(`source.${known}`) : source;
}

const DAY_MS = 24 * 3_600_000;

/** Whole days since then. */
export function daysSince(at: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(at)) / DAY_MS));
}
