import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { ApiProblem } from '@/lib/api/problem';
import en from '@/lib/i18n/locales/en.json';
import es from '@/lib/i18n/locales/es.json';
import pt from '@/lib/i18n/locales/pt.json';
import { refusalOf, RULES, ruleOf, ruleWords } from './rules';

const problem = (code: string, rule?: string) => new ApiProblem(409, code, null, null, rule ? { rule } : {});

describe('the rule against a time', () => {
  it.each([es, en, pt])('has words of its own in every language', ({ agenda }) => {
    expect(Object.keys(agenda.rule).sort()).toEqual([...RULES].sort());
    expect(new Set(Object.values(agenda.rule)).size).toBe(RULES.length);
  });

  it('that nobody knows here still has words', () => {
    const t = ((key: string) => key) as unknown as TFunction;
    expect(ruleWords(ruleOf('moon_phase'), 'Luz', t)).toBe('agenda.ruleUnknown');
    expect(ruleWords(ruleOf('buffer'), 'Luz', t)).toBe('agenda.rule.buffer');
  });
});

describe('a refusal', () => {
  it.each([
    [problem('slot_refused', 'outside_hours'), { rule: 'outside_hours', forcible: true }],
    [problem('slot_refused', 'busy'), { rule: 'busy', forcible: false }],
    [problem('slot_refused', 'google_busy'), { rule: 'google_busy', forcible: true }],
    [problem('slot_refused', 'unconfirmed'), { rule: 'unconfirmed', forcible: true }],
    [problem('slot_refused', 'seller_unavailable'), { rule: 'seller_unavailable', forcible: false }],
    [problem('slot_taken'), { rule: 'busy', forcible: false }],
    [
      new ApiProblem(409, 'slot_taken', null, null, { rule: 'held', held_until: '2026-11-22T20:10:00Z' }),
      { rule: 'held', forcible: false, heldUntil: '2026-11-22T20:10:00Z' },
    ],
    [problem('event_over'), null],
    [new TypeError('offline'), null],
  ])('of %o', (error, refused) => expect(refusalOf(error)).toEqual(refused));
});
