import { describe, expect, it } from 'vitest';
import { asked, homeSearch, periodOf, todayIn } from './search';

describe('the address of Inicio', () => {
  it('keeps what makes sense', () => {
    expect(homeSearch({ days: 7, rows: 'reached', stage: 'won', seller: 3, currency: 'USD', reason: '' })).toEqual({
      days: 7, rows: 'reached', stage: 'won', seller: 3, currency: 'USD', reason: '',
    });
    expect(homeSearch({ days: 8, rows: 'all', stage: 'won', first: '2026-02-30', last: '2026-03-01' })).toEqual({});
    expect(homeSearch({ first: '2026-03-02', last: '2026-03-01' })).toEqual({});
    expect(homeSearch({ days: 90, first: '2026-03-01', last: '2026-03-02' })).toEqual({ first: '2026-03-01', last: '2026-03-02' });
    expect(periodOf({ days: 7, rows: 'won', seller: 3 })).toEqual({ days: 7 });
  });

  it('asks for whole days of the company', () => {
    const today = todayIn('America/Lima', Date.parse('2026-03-01T03:00:00Z'));
    expect(today).toBe('2026-02-28');
    expect(asked({ days: 7 }, today)).toEqual({ first: '2026-02-22', last: '2026-02-28' });
    expect(asked({}, today)).toEqual({});
    expect(asked({ first: '2026-01-01', last: '2026-01-31' }, today)).toEqual({ first: '2026-01-01', last: '2026-01-31' });
  });
});
