import { expect, it } from 'vitest';
import { stretchesOf } from './stretches';

const day = (day: string, name: string, fields: { readonly public?: boolean; readonly closed?: boolean } = {}) => ({
  day,
  name,
  public: false,
  closed: true,
  ...fields,
});

it('puts days of one name together, over the end of a month, and lets a public holiday stand alone', () => {
  const found = stretchesOf([
    day('2026-11-30', 'Mudanza'),
    day('2026-12-01', 'Mudanza'),
    day('2026-12-02', 'Inventario'),
    day('2026-12-04', 'Inventario'),
    day('2026-12-24', 'Vacaciones'),
    day('2026-12-25', 'Navidad', { public: true }),
    day('2026-12-26', 'Vacaciones'),
    day('2026-12-27', 'Vacaciones', { closed: false }),
  ]);
  expect(found.map(({ first, last }) => [first.slice(5), last.slice(5)])).toEqual([
    ['11-30', '12-01'],
    ['12-02', '12-02'],
    ['12-04', '12-04'],
    ['12-24', '12-24'],
    ['12-25', '12-25'],
    ['12-26', '12-26'],
    ['12-27', '12-27'],
  ]);
});
