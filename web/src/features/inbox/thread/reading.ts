/** How far was read: told to the server once a second at most, never backwards, and only while somebody looks. */
import type { QueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '@/lib/api/client';
import { soon } from '@/lib/query/soon';
import { changeCard, findCard } from '@/features/inbox/cards';

const seen = new WeakMap<QueryClient, Map<number, number>>();

export function noteRead(cache: QueryClient, id: number, through: number): void {
  if (document.hidden || !isNews(cache, id, through)) return;
  const known = seen.get(cache) ?? new Map<number, number>();
  seen.set(cache, known);
  known.set(id, Math.max(through, known.get(id) ?? 0));
  soon(cache, ['read', id], () => {
    const through_id = known.get(id) ?? 0;
    if (isNews(cache, id, through_id)) void tell(cache, id, through_id);
    known.delete(id);
  });
}

function isNews(cache: QueryClient, id: number, through: number): boolean {
  const card = findCard(cache, id);
  return card !== undefined && card.unread > 0 && through > (card.read_through_id ?? 0);
}

async function tell(cache: QueryClient, id: number, through_id: number): Promise<void> {
  const params = { path: { conversation_id: id } };
  try {
    const state = bodyOf(await api.POST('/chat/conversations/{conversation_id}/read', { params, body: { through_id } }));
    changeCard(cache, id, (row) => ({ ...row, ...state }));
  } catch {
    // It stays unread and is told again with the next message that is seen.
  }
}
