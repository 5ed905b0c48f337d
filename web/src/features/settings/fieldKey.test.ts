import { describe, expect, it } from 'vitest';
import { choicesOf, keyOf, swapped } from './fieldKey';

describe('a field', () => {
  it('gets a key of its name', () => {
    expect(keyOf(' Tamaño del equipo ')).toBe('tamano_del_equipo');
    expect(keyOf('2.ª sede')).toBe('a_sede');
    expect(keyOf('¿?')).toBe('');
  });

  it('has each choice once', () => {
    expect(choicesOf('chica, grande , chica,')).toEqual(['chica', 'grande']);
  });

  it('changes places with its neighbour, and with nobody at the end', () => {
    expect(swapped([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
    expect(swapped([1, 2, 3], 2, 3)).toEqual([1, 2, 3]);
  });
});
