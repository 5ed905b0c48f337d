/** A seller's month in measures, each with what it was to be. Pure. */
import type { Performance, Target } from './queries';

export interface Measured {
  readonly measure: Target['measure'];
  readonly currency: string;
  readonly reached: number;
  /** Null: none was set. */
  readonly target: number | null;
}

/** Meetings and won leads always; revenue in each currency that was earned or is to be. */
export function progressOf({ shown, won, revenue, targets }: Pick<Performance, 'shown' | 'won' | 'revenue' | 'targets'>): readonly Measured[] {
  const wanted = (measure: Target['measure'], currency: string) => {
    const found = targets.find((one) => one.measure === measure && one.currency === currency);
    return found ? Number(found.amount) : null;
  };
  const earned = new Map(revenue.map(({ currency, amount }) => [currency, Number(amount)]));
  for (const { measure, currency } of targets) {
    if (measure === 'revenue' && currency && !earned.has(currency)) earned.set(currency, 0);
  }
  return [
    { measure: 'meetings', currency: '', reached: shown, target: wanted('meetings', '') },
    { measure: 'won', currency: '', reached: won, target: wanted('won', '') },
    ...[...earned].map(([currency, reached]) => ({ measure: 'revenue' as const, currency, reached, target: wanted('revenue', currency) })),
  ];
}

/** The month before or after, `YYYY-MM`. */
export function monthAfter(month: string, by: 1 | -1): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 7);
}
