/** What somebody's permission reaches; the server decides, this only lets go of what an event has moved away. */
import type { Me } from './session';

export function reaches(me: Me, permission: string, ownerId: number | null): boolean {
  const scope = me.permissions.find((granted) => granted.permission === permission)?.scope;
  return scope === 'tenant' || ownerId === me.user.id || (ownerId === null && scope === 'unassigned_and_own');
}
