import { describe, expect, it } from 'vitest';
import { mentionAt, mentioned, withMention } from './mention';

const TEAM = [
  { id: 1, name: 'Ana' },
  { id: 2, name: 'Ana Ruiz' },
  { id: 3, name: 'Luz' },
];

describe('a mention', () => {
  it('begins with an @ that stands alone', () => {
    expect(mentionAt('Mira @Lu', 8)).toBe('Lu');
    expect(mentionAt('@', 1)).toBe('');
    expect(mentionAt('ana@sur', 7)).toBeNull();
    expect(mentionAt('Mira @Lu y ya está', 18)).toBeNull();
  });

  it('takes the place of what was typed of it', () => {
    expect(withMention('Mira @lu hoy', 8, 'Luz')).toEqual({ text: 'Mira @Luz hoy', place: 10 });
  });

  it('is of the longer name that fits, once', () => {
    expect(mentioned('@Ana Ruiz y @luz, otra vez @Luz', TEAM)).toEqual([2, 3]);
    expect(mentioned('@Ana llama', TEAM)).toEqual([1]);
    expect(mentioned('Ana llama', TEAM)).toEqual([]);
  });
});
