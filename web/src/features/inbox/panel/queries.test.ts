import { expect, it } from 'vitest';
import { coming, type Happening } from './queries';

const meeting = (id: number, starts_at: string, status = 'confirmed'): Happening => ({
  kind: 'meeting',
  id,
  at: starts_at,
  detail: { starts_at, status, title: 'Demo' },
});

it('keeps what is still to come: confirmed meetings by time, open tasks', () => {
  const task = (id: number, status: string): Happening => ({ kind: 'task', id, at: '', detail: { kind: 'follow_up', status, reason: 'x' } });
  const found = coming([
    meeting(1, '2026-11-25T10:00:00Z'),
    meeting(2, '2026-11-24T10:00:00Z'),
    meeting(3, '2026-11-23T10:00:00Z', 'cancelled'),
    task(4, 'open'),
    task(5, 'done'),
  ]);
  expect(found.meetings.map(({ id }) => id)).toEqual([2, 1]);
  expect(found.tasks.map(({ id }) => id)).toEqual([4]);
});
