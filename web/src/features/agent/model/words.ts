/** Why models were not saved, in the reader's words. */
import type { TFunction } from 'i18next';
import { problemWords } from '@/components/problemWords';
import type { ApiProblem } from '@/lib/api/problem';

const KNOWN = ['model_address_refused', 'prices_needed', 'one_address_more', 'no_demo_brain', 'settings_changed'] as const;

export function refusalWords(problem: ApiProblem, t: TFunction): string {
  const known = KNOWN.find((code) => code === problem.code);
  return known ? t(`model.refused.${known}`) : problemWords(problem, t);
}
