/** A held time stands among the events until its moment, and nobody moves it here. */
import { describe, expect, it } from 'vitest';
import { calendarEvents, isLive } from './calendarEvents';
import { alive, isHold, nextEnd, withHolds, type Hold } from './holds';
import type { AgendaEvent } from './queries';

const hold: Hold = {
  id: 3,
  seller_id: 1,
  seller_name: 'Luz',
  starts_at: '2026-11-24T13:00:00Z',
  ends_at: '2026-11-24T13:30:00Z',
  held_until: '2026-11-22T20:10:00Z',
  lead_id: 7,
  lead_name: 'Ana Ruiz',
  conversation_id: 4,
};
const own = { id: 7, seller_id: 1, kind: 'meeting', status: 'confirmed', starts_at: '2026-11-24T14:00:00Z' } as AgendaEvent;
const END = Date.parse(hold.held_until);

describe('a held time', () => {
  it('stands by its time among the events, with an id of its own, and cannot be moved', () => {
    const [held, meeting] = withHolds([own], [hold]);
    expect(meeting).toBe(own);
    expect(held && [held.id < -1_000_000, isHold(held), isLive(held)]).toEqual([true, true, false]);
    const [drawn] = calendarEvents(withHolds([], [hold]), { sellers: [], hidden: [], movable: true });
    expect(drawn).toMatchObject({ editable: false, color: 'transparent' });
  });

  it('is gone at its moment, not before', () => {
    expect(alive([hold], END - 1)).toHaveLength(1);
    expect(alive([hold], END)).toEqual([]);
    expect([nextEnd([hold], END - 1), nextEnd([hold], END)]).toEqual([END, null]);
  });

  it('changes nothing where there is none', () => {
    const events = [own];
    expect(withHolds(events, [])).toBe(events);
  });
});
