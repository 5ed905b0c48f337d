/** The rule that is against a time, in the reader's words. */
import type { TFunction } from 'i18next';
import { asProblem } from '@/lib/api/problem';
import { clock } from '@/lib/i18n/format';

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
  'held',
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
  /** Until when the time is kept for a customer, where that is what is against it. */
  readonly heldUntil?: string;
}

export function refusalOf(error: unknown): Refused | null {
  const { code, members } = asProblem(error);
  const rule = ruleOf(members['rule']);
  const heldUntil = members['held_until'];
  if (code === 'slot_taken' && typeof heldUntil === 'string') return { rule: 'held', forcible: false, heldUntil };
  if (code === 'slot_taken') return { rule: 'busy', forcible: false };
  if (code !== 'slot_refused') return null;
  return { rule, forcible: rule !== 'busy' && rule !== 'seller_unavailable' };
}

export function refusedWords({ rule, heldUntil }: Refused, seller: string, t: TFunction, language: string): string {
  return heldUntil ? t('agenda.hold.taken', { at: clock(heldUntil, language) }) : ruleWords(rule, seller, t);
}
