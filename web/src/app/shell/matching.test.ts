import { expect, it } from 'vitest';
import { matching } from './matching';

const GROUPS = [{ group: 'go', actions: [{ id: 'a', label: 'Reunión de hoy' }, { id: 'b', label: 'Leads' }] }];
const ids = (typed: string) => matching(typed, GROUPS).flatMap(({ actions }) => actions.map(({ id }) => id));

it('the palette finds words without their accents, in any order, and everything where nothing is typed', () => {
  expect(ids('')).toEqual(['a', 'b']);
  expect(ids('REUNION')).toEqual(['a']);
  expect(ids('hoy reu')).toEqual(['a']);
  expect(ids('hoy leads')).toEqual([]);
});
