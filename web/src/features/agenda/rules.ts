/** The rule that is against a time, in the reader's words. */
import type { TFunction } from 'i18next';
import { asProblem } from '@/lib/api/problem';

export const RULES = [
  'nonexistent_time',
  'past',
  'horizon',
  'holiday',
  'outside_hours',
  'off_grid',
  'notice',
  'day_full',
  'busy',
  'google_busy',
  'buffer',
  'unconfirmed',
  'seller_unavailable',
] as const;
export type Rule = (typeof RULES)[number];

export function ruleOf(name: unknown): Rule | null {
  return RULES.find((known) => known === name) ?? null;
}

export function ruleWords(rule: Rule | null, seller: string, t: TFunction): string {
  return rule ? t(`agenda.rule.${rule}`, { seller }) : t('agenda.ruleUnknown', { seller });
}

/** Why a write was refused: the rule, another meeting, or null for any other problem. */
export interface Refused {
  readonly rule: Rule | null;
  /** Whether the reader may do it all the same. */
  readonly forcible: boolean;
}

export function refusalOf(error: unknown): Refused | null {
  const { code, members } = asProblem(error);
  const rule = ruleOf(members['rule']);
  if (code === 'slot_taken') return { rule: 'busy', forcible: false };
  if (code !== 'slot_refused') return null;
  return { rule, forcible: rule !== 'busy' && rule !== 'seller_unavailable' };
}
