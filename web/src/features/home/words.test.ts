import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { lasting, percent } from '@/lib/i18n/format';
import { changeOf, share } from './words';

const t = ((key: string, values?: { size?: string }) => `${key} ${values?.size ?? ''}`.trim()) as unknown as TFunction;

describe('a figure beside the period before', () => {
  it('says by how much, and whether that is good', () => {
    expect(changeOf(12, 10, 'more', t, 'en')).toEqual({ text: 'home.up 20%', tone: 'ok' });
    expect(changeOf(12, 10, 'less', t, 'en')).toEqual({ text: 'home.up 20%', tone: 'danger' });
    expect(changeOf(5, 10, 'less', t, 'en')).toEqual({ text: 'home.down 50%', tone: 'ok' });
    expect(changeOf(5, 10, 'none', t, 'en')?.tone).toBe('meta');
    expect(changeOf(10, 10, 'more', t, 'en')).toEqual({ text: 'home.same', tone: 'meta' });
  });

  it('says nothing where there was nothing', () => {
    expect(changeOf(5, 0, 'more', t, 'en')).toBeNull();
    expect(changeOf(5, null, 'more', t, 'en')).toBeNull();
    expect(changeOf(null, 5, 'more', t, 'en')).toBeNull();
  });
});

it('shares and times are short', () => {
  expect(share(1, 3, 'en')).toBe(percent(1 / 3, 'en'));
  expect(share(0, 0, 'en')).toBe('–');
  expect([lasting(45, 'en'), lasting(125, 'en'), lasting(5400, 'en'), lasting(200_000, 'en')]).toEqual(['45 sec', '2 min', '1.5 hr', '2.3 days']);
});
