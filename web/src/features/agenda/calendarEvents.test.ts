import { describe, expect, it } from 'vitest';
import { calendarEvents, colourOf, outsideHours } from './calendarEvents';
import type { AgendaEvent, Seller } from './queries';

const event = (change: Partial<AgendaEvent>): AgendaEvent => ({
  id: 1,
  seller_id: 1,
  seller_name: 'Luz',
  kind: 'meeting',
  status: 'confirmed',
  starts_at: '2026-11-24T13:00:00Z',
  ends_at: '2026-11-24T13:30:00Z',
  lead_id: 1,
  lead_name: 'Ana Ruiz',
  conversation_id: null,
  title: '',
  meeting_url: null,
  ...change,
});
const seller = (id: number, change: Partial<Seller> = {}): Seller => ({
  id,
  user_id: null,
  name: `Seller ${id}`,
  zone: 'UTC',
  active: true,
  working_hours: {},
  skills: [],
  bio: '',
  most_meetings_per_day: null,
  suspended: false,
  meetings_ahead: 0,
  minutes_ahead: 0,
  photo: null,
  ...change,
});
const all = { sellers: [seller(1), seller(2)], hidden: [], movable: true };

describe('what the calendar draws', () => {
  it('leaves hidden sellers out', () => {
    const events = [event({}), event({ id: 2, seller_id: 2 })];
    expect(calendarEvents(events, { ...all, hidden: [2] }).map(({ id }) => id)).toEqual(['1']);
  });

  it.each([
    [{}, true, true],
    [{ status: 'held' }, true, true],
    [{ status: 'done' }, true, false],
    [{ status: 'no_show' }, true, false],
    [{}, false, false],
  ])('of %j for one who may change agendas (%s) can be dragged: %s', (change, movable, editable) => {
    expect(calendarEvents([event(change)], { ...all, movable })[0]?.editable).toBe(editable);
  });

  it('mutes what is no meeting', () => {
    const [meeting, block] = calendarEvents([event({}), event({ id: 2, kind: 'block' })], all);
    expect([meeting?.color, block?.color]).toEqual(['var(--nx-primary-soft)', 'var(--nx-muted-soft)']);
  });

  it('gives sellers colours of their own, and begins anew after the last', () => {
    const sellers = Array.from({ length: 7 }, (_, index) => seller(index + 1));
    const colours = sellers.map(({ id }) => colourOf(id, sellers));
    expect(new Set(colours.slice(0, 6)).size).toBe(6);
    expect(colours[6]).toBe(colours[0]);
  });
});

describe('the time outside working hours', () => {
  const day = { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' };
  const gaps = (working_hours: Seller['working_hours']) =>
    outsideHours(seller(1, { working_hours }), day).map(({ start, end }) => [start, end].map((one) => (one as Date).toISOString().slice(11, 16)));

  it('is everything around and between them', () => {
    const hours = { '1': [{ start: '09:00', end: '13:00' }, { start: '14:00', end: '18:00' }] };
    expect(gaps(hours)).toEqual([['00:00', '09:00'], ['13:00', '14:00'], ['18:00', '00:00']]);
  });

  it('is the whole day where it is off, and nothing where the hours are unknown or fill the day', () => {
    expect(gaps({})).toEqual([['00:00', '00:00']]);
    expect(gaps(null)).toEqual([]);
    expect(gaps({ '1': [{ start: '00:00', end: '24:00' }] })).toEqual([]);
  });
});
