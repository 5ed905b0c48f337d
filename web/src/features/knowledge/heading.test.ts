/** What is shown of a passage does not say its heading twice. */
import { expect, it } from 'vitest';
import { withoutHeading } from './heading';

it.each([
  ['## Plan Clínica\nCuesta US$ 129.', 'Cuesta US$ 129.'],
  ['# Solo un título', '# Solo un título'],
  ['#hashtag\nNo es un título', '#hashtag\nNo es un título'],
  ['Nada que quitar', 'Nada que quitar'],
])('of %j it is %j', (text, shown) => {
  expect(withoutHeading(text)).toBe(shown);
});
