/** The order and the contents of a list (UI §4): Humano by the longest wait, the others by last activity. Pure. */
import type { Me } from '@/lib/session/session';
import type { Conversation } from '@/features/inbox/queries';
import type { Filter, Wanted } from '@/features/inbox/search';

/** Each once, in the list's order; a live event may have put one into a page before its own page came. */
export function sorted(rows: readonly Conversation[], filter: Filter): readonly Conversation[] {
  const once = [...new Map(rows.map((row) => [row.id, row])).values()];
  if (filter !== 'human') return once.sort((a, b) => time(b.last_message_at) - time(a.last_message_at) || b.id - a.id);
  return once.sort((a, b) => waitingSince(a) - waitingSince(b) || a.id - b.id);
}

/** Whether a list holds a conversation, as far as one can tell without asking: what a search finds is not known here. */
export function belongs(row: Conversation, { filter, closed }: Wanted, me: Me | undefined): boolean {
  if ((row.status === 'closed') !== closed) return false;
  if (filter === 'human') return row.needs_person;
  if (filter === 'mine') return me !== undefined && row.owner_user_id === me.user.id;
  return filter === 'all' || row.owner_user_id === null;
}

function waitingSince(row: Conversation): number {
  return time(row.waiting_since ?? row.last_inbound_at ?? row.last_message_at);
}

function time(at: string): number {
  return Date.parse(at);
}
