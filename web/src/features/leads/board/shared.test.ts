import { describe, expect, it } from 'vitest';
import { actOf, stepped } from './shared';

const stages = ['new', 'meeting', 'won'].map((key, position) => ({ id: position, key, name: key, kind: 'open', position, own_name: false, day_limit: null, probability: 50, closed_to: [] }));

describe('a card moved by keys', () => {
  it.each([
    [' ', false, 'lift'],
    ['Enter', false, null],
    ['ArrowRight', false, null],
    [' ', true, 'drop'],
    ['Enter', true, 'drop'],
    ['Escape', true, 'cancel'],
    ['ArrowRight', true, 'next'],
    ['ArrowLeft', true, 'previous'],
    ['x', true, null],
  ] as const)('«%s» with lifted=%s: %s', (key, lifted, act) => {
    expect(actOf(key, lifted)).toBe(act);
  });

  it('goes stage by stage and stops at the ends', () => {
    expect(stepped(stages, 'new', 1)).toBe('meeting');
    expect(stepped(stages, 'won', 1)).toBe('won');
    expect(stepped(stages, 'new', -1)).toBe('new');
  });
});
