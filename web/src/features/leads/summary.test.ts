import { describe, expect, it } from 'vitest';
import { aLead } from './sample';
import { countOf, forecastOf, shifted, weightedOf } from './summary';

const stage = (key: string, kind: string) => ({ id: 1, key, name: key, kind, position: 1, own_name: false, day_limit: null, probability: kind === 'open' ? 25 : 0, closed_to: [] });
const money = (currency: string, value: string) => ({ currency, value });
const summary = {
  items: [
    { stage_key: 'new', leads: 3, values: [money('USD', '0.10'), money('ARS', '5.00')] },
    { stage_key: 'meeting', leads: 2, values: [money('USD', '0.20')] },
    { stage_key: 'won', leads: 1, values: [money('USD', '900.00')] },
  ],
};

describe('the figures of the board', () => {
  it('count all stages or one', () => {
    expect(countOf(summary, undefined)).toBe(6);
    expect(countOf(summary, 'meeting')).toBe(2);
    expect(countOf(summary, 'nowhere')).toBe(0);
  });

  it('forecast what is open, each currency for itself and to the cent', () => {
    const stages = [stage('new', 'open'), stage('meeting', 'open'), stage('won', 'won')];
    expect(forecastOf(summary, stages)).toEqual([money('ARS', '5.00'), money('USD', '0.30')]);
    expect(forecastOf(undefined, stages)).toEqual([]);
  });

  it('move with a lead, only where the filters know it', () => {
    const before = aLead({ value: '5.00', currency: 'ARS' });
    const after = { ...before, stage_key: 'won' };
    const moved = shifted(summary, before, after, {});
    expect(countOf(moved, 'new')).toBe(2);
    expect(moved.items.find(({ stage_key }) => stage_key === 'won')?.values).toContainEqual(money('ARS', '5.00'));
    expect(shifted(summary, undefined, after, {})).toBe(summary);
    expect(shifted(summary, before, after, { interest: 'hot' })).toBe(summary);
  });
});

it('the weighted forecast takes each stage by how likely its leads are won', () => {
  const summary = { items: [{ stage_key: 'new', leads: 2, values: [{ currency: 'USD', value: '1000.00' }] }] };
  expect(weightedOf(summary, [stage('new', 'open'), stage('won', 'won')])).toEqual([{ currency: 'USD', value: '250.00' }]);
  expect(weightedOf(undefined, [stage('new', 'open')])).toEqual([]);
});
