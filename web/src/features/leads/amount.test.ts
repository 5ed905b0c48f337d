import { expect, it } from 'vitest';
import { parseAmount, plainAmount } from './amount';

it.each([
  ['1200', '1200.00'],
  ['1.200,50', '1200.50'],
  ['1,200.5', '1200.50'],
  ['1.200', '1200.00'],
  ['1 200', '1200.00'],
  ['0,5', '0.50'],
  ['1,234,567.89', '1234567.89'],
  ['007', '7.00'],
  ['', null],
  ['doce', null],
  ['-5', null],
  ['12.34.5', null],
  ['9999999999999', null],
])('«%s» is %s', (text, amount) => {
  expect(parseAmount(text)).toBe(amount);
});

it.each([
  ['1200.00', 'es'],
  ['1234567.50', 'es'],
  ['0.05', 'en'],
  ['1234.50', 'pt'],
])('%s in %s is read again as it was', (value, language) => {
  expect(parseAmount(plainAmount(value, language))).toBe(value);
});
