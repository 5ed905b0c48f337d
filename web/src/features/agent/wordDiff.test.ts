import { describe, expect, it } from 'vitest';
import { wordDiff } from './wordDiff';

describe('wordDiff', () => {
  it('keeps what stayed and shows what went and came', () => {
    expect(wordDiff('Limpieza desde US$ 90 hoy', 'Limpieza desde US$ 80 hoy')).toEqual([
      { kind: 'same', text: 'Limpieza desde US$ ' },
      { kind: 'gone', text: '90 ' },
      { kind: 'new', text: '80 ' },
      { kind: 'same', text: 'hoy' },
    ]);
  });

  it('loses nothing: both texts can be read from it', () => {
    const [was, became] = ['uno dos\ntres cuatro', 'dos tres\n\ncinco cuatro seis'];
    const pieces = wordDiff(was, became);
    const read = (without: 'gone' | 'new') =>
      pieces
        .filter(({ kind }) => kind !== without)
        .map(({ text }) => text)
        .join('');
    expect(read('new')).toBe(was);
    expect(read('gone')).toBe(became);
  });

  it('tells of a text that was empty and of one that is', () => {
    expect(wordDiff('', 'hola')).toEqual([{ kind: 'new', text: 'hola' }]);
    expect(wordDiff('hola', '')).toEqual([{ kind: 'gone', text: 'hola' }]);
    expect(wordDiff('hola', 'hola')).toEqual([{ kind: 'same', text: 'hola' }]);
  });

  it('shows a rewritten book as replaced instead of hanging', () => {
    const [was, became] = ['a '.repeat(4000), 'b '.repeat(4000)];
    expect(wordDiff(was, became).map(({ kind }) => kind)).toEqual(['gone', 'new']);
  });
});
