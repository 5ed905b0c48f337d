import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import type { Happening } from '@/features/leads/queries';
import { tell, type Names } from './tell';

const t = ((key: string, values?: object) => (values ? `${key} ${JSON.stringify(values)}` : key)) as unknown as TFunction;
const names: Names = {
  member: (id) => (id === 4 ? 'Luz' : null),
  stage: (key) => key.toUpperCase(),
  field: (key, said) => ({ label: key, said }),
  lead: 'Ana',
  agent: 'Sofía',
  moment: () => 'mar 24 nov',
  amount: (value, currency) => `${currency} ${value}`,
};
const told = (kind: Happening['kind'], detail: Happening['detail']) => tell({ kind, id: 1, at: '', detail }, names, t);

describe('what happened is told', () => {
  it('tells a sale with its amount, and what undid it', () => {
    const sale = { kind: 'income', amount: '90.00', currency: 'USD', paid: true, reverses_id: null, created_by: 4, category: 'Plan' };
    expect(told('sale', sale)).toMatchObject({ who: 'Luz', what: 'leads.told.sale.income {"amount":"USD 90.00"}', body: 'Plan' });
    expect(told('sale', { ...sale, paid: false }).what).toContain('sale.pending');
    expect(told('sale', { ...sale, reverses_id: 3 }).what).toContain('sale.reversal');
    expect(told('sale', { ...sale, kind: 'refund' }).what).toContain('sale.refund');
  });

  it('by the one who wrote', () => {
    expect(told('message', { author: 'customer', body: 'Hola' })).toMatchObject({ who: 'Ana', by: 'customer', body: 'Hola' });
    expect(told('message', { author: 'person', author_user_id: 4, body: 'Sí' })).toMatchObject({ who: 'Luz', by: 'teammate' });
    expect(told('message', { author: 'person', author_user_id: null, body: '' })).toMatchObject({
      who: 'leads.told.phone',
      body: 'leads.told.attachment',
    });
    expect(told('note', { author_user_id: 4, body: 'call' })).toMatchObject({ who: 'Luz', by: 'note', body: 'call' });
  });

  it('with the interest and the words it was concluded from', () => {
    const detail = { interest: 'hot', score: 82, evidence: ['ya quiero', 'este mes'] };
    expect(told('qualification', detail)).toMatchObject({ interest: { name: 'hot', score: 82 }, body: '«ya quiero» «este mes»' });
    const why = { interest: 'warm', score: 45, reasons: ['states a need +30', 'writes at night +5', 'no money -10'] };
    expect(told('qualification', why).why).toBe('leads.signals.states_a_need +30 · writes at night +5 · leads.signals.no_money -10');
    expect(told('qualification', { interest: 'burning' })).toMatchObject({ interest: null, body: null });
  });

  it('with names in place of ids and keys', () => {
    expect(told('change', { field: 'stage_key', was: 'new', became: 'won', user_id: 4 })).toMatchObject({
      who: 'Luz',
      what: 'leads.told.stage {"was":"NEW","became":"WON"}',
    });
    expect(told('change', { field: 'owner_user_id', was: null, became: '4', user_id: null })).toMatchObject({
      who: 'Sofía',
      what: 'leads.told.owner {"was":"leads.owner.nobody","became":"Luz"}',
    });
    expect(told('change', { field: 'lost_reason', was: null, became: 'Precio', user_id: 9 })).toMatchObject({
      who: 'leads.told.somebody',
      what: 'leads.told.reason {"reason":"Precio"}',
    });
  });

  it('for meetings and tasks', () => {
    const meeting = { status: 'cancelled', starts_at: '2026-11-24T10:30:00Z', seller_name: 'Luz', created_by: null };
    expect(told('meeting', meeting).what).toBe('leads.told.meeting.cancelled {"when":"mar 24 nov","seller":"Luz"}');
    expect(told('task', { kind: 'person_requested', status: 'done', reason: 'asked' })).toMatchObject({
      what: 'leads.told.tasks.person_requested · leads.told.done',
      body: 'asked',
    });
  });
});
