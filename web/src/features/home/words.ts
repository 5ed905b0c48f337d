/** Figures in the reader's words, and how they differ from the period before. Pure. */
import type { TFunction } from 'i18next';
import { lasting, localeOf, money, percent } from '@/lib/i18n/format';
import { sourceName } from '@/lib/leads/source';
import { stageName, type Stage } from '@/lib/pipeline/stages';
import type { Earned, Row } from './queries';
import type { FigureName } from './search';

/** Whether more is better, worse or neither. */
export type Wish = 'more' | 'less' | 'none';

export interface Change {
  readonly text: string;
  readonly tone: 'ok' | 'danger' | 'meta';
}

/** «+12 % que antes»; nothing where there is nothing to compare with. */
export function changeOf(now: number | null, before: number | null, wish: Wish, t: TFunction, language: string): Change | null {
  if (now === null || before === null || before === 0) return null;
  const share = (now - before) / Math.abs(before);
  const rounded = Math.round(share * 100);
  if (rounded === 0) return { text: t('home.same'), tone: 'meta' };
  const size = percent(Math.abs(rounded) / 100, language);
  const better = wish === 'none' ? null : rounded > 0 === (wish === 'more');
  return {
    text: rounded > 0 ? t('home.up', { size }) : t('home.down', { size }),
    tone: better === null ? 'meta' : better ? 'ok' : 'danger',
  };
}

export function count(value: number, language: string): string {
  return new Intl.NumberFormat(localeOf(language)).format(value);
}

/** Every currency's sum; a dash where nothing was earned. */
export function earnedWords(earned: readonly Earned[], language: string): string {
  return earned.map(({ amount, currency }) => money(amount, currency, language)).join(' · ') || '–';
}

export function share(part: number, whole: number, language: string): string {
  return whole === 0 ? '–' : percent(part / whole, language);
}

const STATUSES = ['confirmed', 'cancelled', 'done', 'no_show'] as const;
const MONEY = ['income', 'refund'] as const;

/** What a row's `detail` says, which depends on what is counted. */
export function detailWords(figure: FigureName, row: Row, stages: readonly Stage[], t: TFunction): string {
  const detail = row.detail ?? '';
  switch (figure) {
    case 'leads':
    case 'reached':
    case 'won':
    case 'met':
    case 'met_won':
      return sourceName(detail, t);
    case 'bookings':
    case 'shown':
    case 'missed': {
      const status = STATUSES.find((known) => known === detail);
      return status ? t(`home.status.${status}`) : detail;
    }
    case 'revenue': {
      const kind = MONEY.find((known) => known === detail);
      return kind ? t(`home.money.${kind}`) : detail;
    }
    case 'stays':
      return t('home.wentTo', { stage: stageName(detail, stages, t) });
    default:
      return detail;
  }
}

/** What a row is worth in its figure: money, or how long it lasted. */
export function worthWords({ amount, currency, seconds }: Row, language: string): string {
  if (seconds !== null) return lasting(seconds, language);
  return amount !== null && currency !== null ? money(amount, currency, language) : '';
}
