/** Moving a stage: only among the open ones, for the won and the lost stage stand behind them. Pure. */
import type { Stages } from './queries';

export function mayMove(stages: Stages, index: number, by: -1 | 1): boolean {
  return stages[index]?.kind === 'open' && stages[index + by]?.kind === 'open';
}

export function moved(stages: Stages, index: number, by: -1 | 1): Stages {
  const [one, other] = [stages[index], stages[index + by]];
  if (!one || !other || !mayMove(stages, index, by)) return stages;
  return stages.map((stage, place) => (place === index ? other : place === index + by ? one : stage));
}
