/** Refusals of the ledger in the reader's words, and the lines' own names. */
import type { TFunction } from 'i18next';
import { problemWords } from '@/components/problemWords';
import { asProblem } from '@/lib/api/problem';
import { money } from '@/lib/i18n/format';
import type { Line } from './queries';

const KNOWN = [
  'refunds_first', 'already_reversed', 'not_reversible', 'income_unpaid', 'income_not_standing', 'not_payable',
  'currency_too_fine', 'unknown_currency', 'amount_too_fine', 'rules_overlap', 'rule_in_use', 'bad_days',
  'file_refused', 'body_too_large', 'too_many_receipts',
] as const;

export function refusal(error: unknown, currency: string, t: TFunction, language: string): string {
  const problem = asProblem(error);
  const left = problem.members['left'];
  if (problem.code === 'refund_too_large' && typeof left === 'string') {
    return t('accounting.problem.refund_too_large', { left: money(left, currency, language) });
  }
  const known = KNOWN.find((code) => code === problem.code);
  return known ? t(`accounting.problem.${known}`) : problemWords(problem, t);
}

/** What a line is called: a reversal says what it undoes, a commission that goes back says so. */
export function lineName(line: Line, t: TFunction): string {
  const name = line.reduces_id === null ? t(`accounting.kind.${line.kind}`) : t('accounting.reduction');
  return line.reverses_id === null ? name : t('accounting.reversalOf', { name });
}

/** What it counts for, with its sign; nobody reads −0. */
export function signed(amount: string, currency: string, language: string): string {
  const value = Number(amount);
  const shown = money(amount.replace('-', ''), currency, language);
  return value < 0 ? `−${shown}` : shown;
}

/** The moment that a day in a date field stands for: now for today, else noon of it, so that no zone moves it. */
export function momentOf(day: string, now: Date): string | undefined {
  if (day === '' || day === dayOf(now)) return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12).toISOString();
}

export function dayOf(now: Date): string {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
