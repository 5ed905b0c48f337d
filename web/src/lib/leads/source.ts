/** Where a lead came from, in the reader's words. */
import type { TFunction } from 'i18next';

export const SOURCES = ['whatsapp', 'ad', 'manual', 'import', 'form', 'webhook', 'meta'] as const;

export function sourceName(source: string, t: TFunction): string {
  const known = SOURCES.find((each) => each === source);
  return known ? t(`source.${known}`) : source;
}
