import { describe, expect, it } from 'vitest';
import { NONE, ranged, toggled } from './selection';

const IDS = [50, 40, 30, 20, 10];

describe('a selection', () => {
  it('takes a row in and gives it up', () => {
    expect([...toggled(toggled(NONE, 40), 20)]).toEqual([40, 20]);
    expect([...toggled(new Set([40]), 40)]).toEqual([]);
  });

  it('takes a range in both directions, and gives it up again', () => {
    const chosen = ranged(new Set([40]), IDS, 1, 3);
    expect([...chosen].sort()).toEqual([20, 30, 40]);
    expect([...ranged(NONE, IDS, 3, 1)].sort()).toEqual([20, 30, 40]);
    expect([...ranged(chosen, IDS, 1, 3)]).toEqual([]);
  });
});
