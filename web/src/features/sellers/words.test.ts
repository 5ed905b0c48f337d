import { describe, expect, it } from 'vitest';
import type { Seller } from './queries';
import { sellersSearch } from './search';
import { replaced } from './useProfile';
import { byDay, sayDays, sayMinutes } from './words';

describe('a seller', () => {
  it('has minutes ahead in hours', () => {
    expect(sayMinutes(0, 'es')).toBe('0 min');
    expect(sayMinutes(150, 'es')).toBe('2 h 30 min');
    expect(sayMinutes(120, 'es')).toBe('2 h');
  });

  it('is free by the own clock, whatever the reader\'s', () => {
    const slots = ['2026-11-30T23:30:00Z', '2026-12-01T00:00:00Z', '2026-12-01T12:00:00Z'].map((at) => ({ starts_at: at, ends_at: at }));
    expect(byDay(slots, 'America/Argentina/Buenos_Aires', 'es').map(([, clocks]) => clocks)).toEqual([['20:30', '21:00'], ['09:00']]);
    expect(byDay(slots, 'Asia/Tokyo', 'es').map(([, clocks]) => clocks)).toEqual([['08:30', '09:00', '21:00']]);
  });

  it('says one day off once', () => {
    expect(sayDays({ first_day: '2026-12-24', last_day: '2026-12-24' }, 'es')).not.toContain('–');
    expect(sayDays({ first_day: '2026-12-24', last_day: '2027-01-02' }, 'es')).toContain('–');
  });

  it('gets back what a change replaced, and nothing else', () => {
    const seller = { id: 1, name: 'Luz', zone: 'America/Lima', active: true, skills: ['a'] } as unknown as Seller;
    expect(replaced(seller, { active: false, skills: [] })).toEqual({ active: true, skills: ['a'] });
  });

  it('is named in the address by a number alone', () => {
    expect(sellersSearch({ seller: 7 })).toEqual({ seller: 7 });
    expect(sellersSearch({ seller: 'x' as unknown as number })).toEqual({});
  });
});
