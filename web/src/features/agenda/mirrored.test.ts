/** Google's times stand among ours, and nobody can move them here. */
import { describe, expect, it } from 'vitest';
import { isLive, isMuted } from './calendarEvents';
import { withMirrored } from './mirrored';
import type { AgendaEvent } from './queries';

const own = { id: 7, seller_id: 1, kind: 'meeting', status: 'confirmed', starts_at: '2026-11-24T14:00:00Z' } as AgendaEvent;
const taken = {
  seller_id: 1,
  google_event_id: 'e1',
  starts_at: '2026-11-24T13:00:00Z',
  ends_at: '2026-11-24T14:00:00Z',
  all_day: false,
  title: '',
};

describe('what is taken in Google', () => {
  it('stands by its time among the events, with an id of its own', () => {
    const all = withMirrored([own], [taken, { ...taken, google_event_id: 'e2' }], [{ id: 1, name: 'Ana' }]);
    expect(all.map(({ id }) => id)).toEqual([-1, -2, 7]);
    expect(all[0]?.seller_name).toBe('Ana');
  });

  it('is muted and cannot be moved or cancelled here', () => {
    const [google] = withMirrored([], [taken], []);
    expect(google && isMuted(google)).toBe(true);
    expect(google && isLive(google)).toBe(false);
    expect(isLive(own)).toBe(true);
  });

  it('changes nothing where there is none', () => {
    const events = [own];
    expect(withMirrored(events, [], [])).toBe(events);
  });
});
