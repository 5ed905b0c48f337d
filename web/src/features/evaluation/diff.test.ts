import { describe, expect, it } from 'vitest';
import { diff } from './diff';

const shown = (before: string, after: string) => diff(before, after).map(({ kind, text }) => `${kind}:${text}`);

describe('diff', () => {
  it('keeps what both have, and names what is gone and new', () => {
    expect(shown('te espero el martes a las 10', 'te espero el jueves a las 10')).toEqual([
      'same:te espero el ',
      'gone:martes ',
      'new:jueves ',
      'same:a las 10',
    ]);
  });

  it('is one piece for the same text, and none for none', () => {
    expect(shown('hola', 'hola')).toEqual(['same:hola']);
    expect(diff('', '')).toEqual([]);
  });

  it('gives both texts again when joined', () => {
    const [before, after] = ['uno dos tres\ncuatro', 'dos  tres cinco\nseis'];
    const pieces = diff(before, after);
    const without = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map(({ text }) => text).join('');
    expect([without('new'), without('gone')]).toEqual([before, after]);
  });
});
