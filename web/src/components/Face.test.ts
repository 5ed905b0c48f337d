import { describe, expect, it } from 'vitest';
import { initialsOf } from './Face';

describe('a face without a photo', () => {
  it('is the first and the last initial', () => {
    expect(initialsOf(' Luz  María Prado ')).toBe('LP');
    expect(initialsOf('Beto')).toBe('B');
    expect(initialsOf('')).toBe('');
  });
});
