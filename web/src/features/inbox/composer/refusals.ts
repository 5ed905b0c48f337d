/** Why a message did not leave, in words that say what can be done: our own rules, and the provider's codes. */
import type { TFunction } from 'i18next';

const RULES = ['window_closed', 'opted_out', 'sending_paused', 'channel_inactive'] as const;
export type Rule = (typeof RULES)[number];

// https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
const PROVIDER: Readonly<Record<string, Rule | 'unreachable' | 'throttled' | 'media'>> = {
  '131026': 'unreachable',
  '131047': 'window_closed',
  '131048': 'throttled',
  '131049': 'throttled',
  '131056': 'throttled',
  '130429': 'throttled',
  '131050': 'opted_out',
  '131053': 'media',
  upload_failed: 'media', // our own word: nobody took the file, however often it was offered
};

const WRITING = ['offline', 'rate_limited', 'forbidden', 'not_found', 'idempotency_key_reused'] as const;

export function ruleOf(code: string | null): Rule | null {
  return RULES.find((known) => known === code) ?? null;
}

export function whyNotSent(code: string, t: TFunction): string {
  const rule = ruleOf(code) ?? PROVIDER[code];
  if (rule) return t(`notSent.${rule}`);
  const own = WRITING.find((known) => known === code);
  return own ? t(`notSent.${own}`) : t('notSent.other', { code });
}
