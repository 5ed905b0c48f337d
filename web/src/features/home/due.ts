/** Which tasks the day asks for. Pure but for the reader's clock. */
import type { Task } from '@/lib/records/tasks';

/** The first moment of tomorrow, where the reader is. */
export function endOfDay(now: number): number {
  const end = new Date(now);
  end.setHours(24, 0, 0, 0);
  return end.getTime();
}

/** Those with a time before `end`; what was done a moment ago stays until the list is read anew. */
export function dueBy(tasks: readonly Task[], end: number): readonly Task[] {
  return tasks.filter(({ due_at: due }) => due !== null && Date.parse(due) < end);
}
