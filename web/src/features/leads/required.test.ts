/** A form that cannot be sent names what it waits for: a «no» and a zero are answers. */
import { expect, it } from 'vitest';
import type { CustomField } from '@/lib/records/fields';
import { unanswered } from './RequiredFields';

const field = (key: string, label: string) => ({ key, label }) as CustomField;

it('names the fields without an answer', () => {
  const fields = [field('seats', 'Sillones'), field('member', 'Es socio'), field('open', 'Abre el'), field('kind', 'Tipo')];
  expect(unanswered(fields, { seats: 0, member: false, open: '' })).toEqual(['Abre el', 'Tipo']);
  expect(unanswered([], {})).toEqual([]);
});
