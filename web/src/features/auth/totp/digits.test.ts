import { describe, expect, it } from 'vitest';
import { digitsOf } from './digits';

describe('a code as it is typed or pasted', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-4567', '123456'],
    ['12a', '12'],
    ['', ''],
  ])('%s', (typed, digits) => {
    expect(digitsOf(typed)).toBe(digits);
  });
});
