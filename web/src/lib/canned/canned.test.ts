import { describe, expect, it } from 'vitest';
import { matching, type Filled } from './canned';
import { gapsIn } from './gaps';

const reply = (shortcut: string, title: string) => ({ shortcut, title, text: '', gaps: [], id: 1, language: null, shared: true }) as Filled;

describe('gaps', () => {
  it('are known variables in any language, accents and case aside', () => {
    expect(gapsIn('Hola { Nombre }, el {fecha de la reunión} a {meeting  time}').map(({ name }) => name)).toEqual([
      'Nombre',
      'fecha de la reunión',
      'meeting  time',
    ]);
  });
  it('are not other braces', () => {
    expect(gapsIn('{"a": 1} {otra cosa} {}')).toEqual([]);
  });
  it('say where they stand', () => {
    expect(gapsIn('a {nombre}')).toEqual([{ name: 'nombre', from: 2, to: 10 }]);
  });
});

describe('what is typed after the slash', () => {
  const all = [reply('turno', 'El precio del turno'), reply('mi-precio', 'Otro'), reply('precio', 'Cuánto sale')];
  it('finds shortcuts first, those that begin with it before the others, then titles', () => {
    expect(matching(all, 'PRECIO').map(({ shortcut }) => shortcut)).toEqual(['precio', 'mi-precio', 'turno']);
  });
  it('finds titles without accents', () => {
    expect(matching(all, 'cuanto').map(({ shortcut }) => shortcut)).toEqual(['precio']);
  });
});
