import { describe, expect, it } from 'vitest';
import { dayIn, instantOf, placeOf, workedSpans } from './hours';

const BUENOS_AIRES = 'America/Argentina/Buenos_Aires';
const NEW_YORK = 'America/New_York';
const seller = (zone: string, working_hours: Record<string, { start: string; end: string }[]> | null) => ({ zone, working_hours });
const at = (text: string) => new Date(text);

describe('a seller’s clock', () => {
  it('shows another day than UTC', () => {
    expect(dayIn(BUENOS_AIRES, at('2026-11-24T02:59:00Z'))).toBe('2026-11-23');
    expect(dayIn('Asia/Kolkata', at('2026-11-23T18:30:00Z'))).toBe('2026-11-24');
  });

  it.each([
    [BUENOS_AIRES, '2026-11-24', '09:00', '2026-11-24T12:00:00.000Z'],
    [BUENOS_AIRES, '2026-11-24', '24:00', '2026-11-25T03:00:00.000Z'],
    [NEW_YORK, '2026-03-07', '09:00', '2026-03-07T14:00:00.000Z'],
    [NEW_YORK, '2026-03-08', '09:00', '2026-03-08T13:00:00.000Z'], // summer time began at 2:00
    [NEW_YORK, '2026-11-01', '09:00', '2026-11-01T14:00:00.000Z'], // and ended
    ['UTC', '2026-11-24', '09:00', '2026-11-24T09:00:00.000Z'],
  ])('in %s on %s at %s is an instant', (zone, day, clock, instant) => {
    expect(instantOf(zone, day, clock).toISOString()).toBe(instant);
  });

  it('is called by its place', () => expect(placeOf('America/Mexico_City')).toBe('Mexico City'));
});

describe('working hours', () => {
  const tuesday = { '1': [{ start: '09:00', end: '13:00' }, { start: '14:00', end: '24:00' }] };

  it('are instants, Monday being 0', () => {
    const spans = workedSpans(seller(BUENOS_AIRES, tuesday), at('2026-11-23T03:00:00Z'), at('2026-11-30T03:00:00Z'));
    expect(spans?.map(({ start, end }) => [start.toISOString(), end.toISOString()])).toEqual([
      ['2026-11-24T12:00:00.000Z', '2026-11-24T16:00:00.000Z'],
      ['2026-11-24T17:00:00.000Z', '2026-11-25T03:00:00.000Z'],
    ]);
  });

  it('that only touch the window are not in it', () => {
    expect(workedSpans(seller(BUENOS_AIRES, tuesday), at('2026-11-25T03:00:00Z'), at('2026-11-26T03:00:00Z'))).toEqual([]);
  });

  it('that nobody can read are unknown, not none', () => {
    expect(workedSpans(seller(BUENOS_AIRES, null), at('2026-11-23T03:00:00Z'), at('2026-11-30T03:00:00Z'))).toBeNull();
  });
});
