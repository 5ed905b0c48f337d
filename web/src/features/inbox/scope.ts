/** Whose conversations somebody sees; the server decides, this only lets go of what an event has moved away. */
import { reaches } from '@/lib/session/scope';
import type { Me } from '@/lib/session/session';

const PERMISSION = 'conversations.read';

export type Scope = 'own' | 'unassigned_and_own' | 'tenant';

export function scopeOf(me: Me): Scope {
  const granted = me.permissions.find(({ permission }) => permission === PERMISSION)?.scope;
  return granted === 'tenant' || granted === 'unassigned_and_own' ? granted : 'own';
}

export function inScope(me: Me, ownerId: number | null): boolean {
  return reaches(me, PERMISSION, ownerId);
}
