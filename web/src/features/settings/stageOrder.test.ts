import { describe, expect, it } from 'vitest';
import type { NamedStage, Stages } from './queries';
import { mayMove, mayRemove, moved, turned, withNew } from './stageOrder';

const stage = (id: number, key: string, kind: NamedStage['kind']): NamedStage => ({
  id, key, kind, name: key, ownName: false, dayLimit: kind === 'open' ? 3 : null, probability: 10, closedTo: [],
});
const stages: Stages = [stage(1, 'new', 'open'), stage(2, 'meeting', 'open'), stage(3, 'won', 'won'), stage(4, 'lost', 'lost')];
const keys = (list: Stages) => list.map(({ key, id }) => key || String(id));

describe('the stages while they are edited', () => {
  it('trade places among their like alone', () => {
    expect(mayMove(stages, 1, 1)).toBe(false);
    expect(mayMove(stages, 0, -1)).toBe(false);
    expect(keys(moved(stages, 0, 1))).toEqual(['meeting', 'new', 'won', 'lost']);
  });

  it('get one more before the won ones, each with a number of its own', () => {
    const more = withNew(withNew(stages, 'A'), 'B');
    expect(keys(more)).toEqual(['new', 'meeting', '-1', '-2', 'won', 'lost']);
    expect(more.filter(({ id }) => id < 0).map((one) => mayRemove(more, one))).toEqual([true, true]);
  });

  it('become of another kind in their new place', () => {
    const [, , turnedOne] = turned(stages, 2, 'lost');
    expect(keys(turned(stages, 2, 'lost'))).toEqual(['new', 'won', 'lost', 'meeting']);
    expect(turnedOne?.kind).toBe('lost');
    expect(turned(stages, 2, 'won')[2]).toMatchObject({ key: 'meeting', probability: 100, dayLimit: null });
  });

  it('keep their first and the last of each kind', () => {
    expect(stages.map((one) => mayRemove(stages, one))).toEqual([false, true, false, false]);
  });
});
