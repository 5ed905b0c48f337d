import { describe, expect, it } from 'vitest';
import { differing, said } from './compare';
import type { Lead } from './queries';

const lead = (more: Partial<Lead>): Lead =>
  ({
    full_name: null, phone: null, email: null, company: null, need: null, stage_key: 'new', owner_user_id: null,
    value: null, currency: null, interest: null, source: 'manual', ...more,
  }) as Lead;

describe('two leads beside each other', () => {
  it('ask only about what both have and differs', () => {
    const one = lead({ full_name: 'Ana', email: 'a@x.example', value: '10.00', currency: 'USD' });
    const other = lead({ full_name: 'Dra. Ana', phone: '+54911', value: '10.00', currency: 'ARS' });
    expect(differing(one, other)).toEqual(['full_name', 'value']);
    expect(differing(one, one)).toEqual([]);
  });

  it('compare an amount with its currency', () => {
    expect(said(lead({ value: '5.00', currency: 'USD' }), 'value')).toBe('5.00 USD');
    expect(said(lead({}), 'value')).toBe('');
  });
});
