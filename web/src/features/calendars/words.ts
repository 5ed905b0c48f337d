/** Why Google could not confirm, how a consent went, and what a refusal means here. */
import type { TFunction } from 'i18next';
import { problemWords } from '@/components/problemWords';
import { asProblem } from '@/lib/api/problem';

const PROBLEMS = ['timeout', 'unreachable', 'rate_limited', 'server_error', 'not_found', 'invalid_grant', 'no_key'] as const;
const RETURNS = ['connected', 'denied', 'expired', 'scopes', 'refused', 'silent'] as const;
const REFUSALS = ['google_not_set_up', 'calendar_not_connected', 'calendar_refused', 'unusable_key_file', 'google_silent'] as const;

export type Return = (typeof RETURNS)[number];

export function problemOf(word: string | null, t: TFunction): string {
  const known = PROBLEMS.find((each) => each === word) ?? 'other';
  return t(`calendars.problem.${known}`);
}

/** What the address says after Google's page; null for anything else that somebody wrote there. */
export function returnOf(word: string | undefined): Return | null {
  return RETURNS.find((each) => each === word) ?? null;
}

export function refusalWords(error: unknown, t: TFunction): string {
  const problem = asProblem(error);
  const known = REFUSALS.find((each) => each === problem.code);
  return known ? t(`calendars.refusal.${known}`) : problemWords(problem, t);
}
