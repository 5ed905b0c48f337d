import { describe, expect, it } from 'vitest';
import { looksOf, playingTime } from './looks';
import { refusalOf } from './refusals';

describe('a file', () => {
  it.each([
    ['image/png', 'picture'],
    ['image/svg+xml', 'document'],
    ['audio/ogg', 'audio'],
    ['video/mp4', 'video'],
    ['application/pdf', 'document'],
    ['text/html', 'document'],
    [null, 'document'],
  ])('of type %s is shown as a %s', (type, looks) => {
    expect(looksOf(type)).toBe(looks);
  });

  it('tells its length in minutes and seconds', () => {
    expect([0, 14.9, 60, 3601].map(playingTime)).toEqual(['0:00', '0:14', '1:00', '60:01']);
    expect(playingTime(Number.POSITIVE_INFINITY)).toBe('');
  });

  it('that is not to be had says why, where there is a word for it', () => {
    expect(refusalOf({ state: 'gone', reason: 'gone' })).toBe('gone');
    expect(refusalOf({ state: 'refused', reason: 'too_large' })).toBe('tooLarge');
    expect(refusalOf({ state: 'refused', reason: 'markup' })).toBe('unsafe');
    expect(refusalOf({ state: 'refused', reason: 'a word of tomorrow' })).toBe('unreachable');
  });
});
