/** The scores that an interest allows, as the server judges them (leads/evidence.py). Pure. */
import type { InterestName } from '@/components/Interest';

export type { InterestName };

export const INTERESTS = ['hot', 'warm', 'cold', 'not_interested'] as const satisfies readonly InterestName[];

export const BANDS: Readonly<Record<InterestName, readonly [number, number]>> = {
  hot: [50, 100],
  warm: [25, 85],
  cold: [0, 50],
  not_interested: [0, 25],
};

/** The nearest score that the interest allows. */
export function within(interest: InterestName, score: number): number {
  const [low, high] = BANDS[interest];
  return Math.min(Math.max(score, low), high);
}
