import { describe, expect, it } from 'vitest';
import { flawOf, isWhole, pieces, samplesOf, type Template, type Variable } from './templates';

const variable = (key: string, fields: Partial<Variable> = {}): Variable => ({
  key,
  part: 'body',
  name: '1',
  limit: 20,
  is_link: false,
  sample: null,
  ...fields,
});

describe('a template with its values', () => {
  it('is cut at its variables, filled or open', () => {
    expect(pieces('body', 'Hola {{1}}, el {{ 2 }}.', { 'body:1': 'Ana', 'header:2': 'no' })).toEqual([
      { text: 'Hola ', variable: null },
      { text: 'Ana', variable: 'body:1' },
      { text: ', el ', variable: null },
      { text: '{{ 2 }}', variable: 'body:2' },
      { text: '.', variable: null },
    ]);
  });

  it('says why a value would be refused', () => {
    const one = variable('body:1');
    expect(flawOf(one, '  ')).toBe('missing');
    expect(flawOf(one, 'a\nb')).toBe('bad_whitespace');
    expect(flawOf(one, 'a     b')).toBe('bad_whitespace');
    expect(flawOf(one, 'x'.repeat(21))).toBe('too_long');
    expect(flawOf(variable('header:file', { is_link: true }), 'http://x')).toBe('not_https');
    expect(flawOf(one, 'a    b')).toBeNull();
  });

  it('is whole once every variable is filled, and knows its examples', () => {
    const template = { variables: [variable('body:1', { sample: 'Lucía' }), variable('body:2')] } as unknown as Template;
    expect(isWhole(template, { 'body:1': 'Ana' })).toBe(false);
    expect(isWhole(template, { 'body:1': 'Ana', 'body:2': 'x' })).toBe(true);
    expect(samplesOf(template)).toEqual({ 'body:1': 'Lucía' });
  });
});
