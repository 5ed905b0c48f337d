import { expect, it } from 'vitest';
import type { Task } from '@/lib/records/tasks';
import { dueBy, endOfDay } from './due';

const at = (due: Date | null) => ({ due_at: due === null ? null : due.toISOString() }) as Task;

it('the day asks for what is late or due by midnight, not for what has no time', () => {
  const now = new Date(2026, 2, 1, 9, 30);
  const end = endOfDay(now.getTime());
  expect(new Date(end)).toEqual(new Date(2026, 2, 2));
  const [late, tonight, tomorrow] = [new Date(2026, 1, 1), new Date(2026, 2, 1, 23, 59), new Date(2026, 2, 2)].map(at) as [Task, Task, Task];
  expect(dueBy([late, tonight, tomorrow, at(null)], end)).toEqual([late, tonight]);
});
