import { expect, it } from 'vitest';
import type { Schemas } from '@/lib/api/client';
import { nextByLead, upcomingQuery } from './upcoming';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const meeting = (lead_id: number | null, starts_at: string, fields: Partial<Schemas['EventView']> = {}) =>
  ({ kind: 'meeting', status: 'confirmed', lead_id, starts_at, ...fields }) as Schemas['EventView'];

it('is the first one to come that is certain, for each lead', () => {
  const next = nextByLead(
    [
      meeting(1, '2026-11-24T10:00:00Z'),
      meeting(2, '2026-11-24T13:00:00Z', { status: 'held' }),
      meeting(1, '2026-11-24T14:00:00Z'),
      meeting(null, '2026-11-24T14:30:00Z'),
      meeting(3, '2026-11-24T15:00:00Z', { kind: 'block' }),
      meeting(1, '2026-11-25T14:00:00Z'),
      meeting(2, '2026-11-26T14:00:00Z'),
    ],
    NOW,
  );
  expect([...next]).toEqual([
    [1, '2026-11-24T14:00:00Z'],
    [2, '2026-11-26T14:00:00Z'],
  ]);
});

it('stays one question for a whole day, and stands where live events look for windows of the agenda', () => {
  const [start, later] = [upcomingQuery(NOW).queryKey, upcomingQuery(NOW + 3_600_000).queryKey];
  expect(later).toEqual(start);
  expect(start.slice(0, 2)).toEqual(['agenda', 'events']);
  expect(Date.parse(start[2] ?? '')).toBeLessThanOrEqual(NOW);
});
