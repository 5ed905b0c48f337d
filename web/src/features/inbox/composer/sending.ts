/**
 * What was written and is not stored yet. Each has its key from the first try on, so that trying again never sends it
 * twice; those of one conversation leave one after the other. It lives in the cache alone, which the logout empties.
 */
import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { changeCard } from '@/features/inbox/cards';
import { withMessage } from '@/features/inbox/live';
import { enterMessage } from '@/features/inbox/messages';
import type { Message } from '@/features/inbox/queries';

export type Kind = 'message' | 'note';

export interface Pending {
  readonly key: string;
  readonly kind: Kind;
  readonly text: string;
  /** The newest message when it was written: its own is newer. */
  readonly after: number;
  /** Why it was not taken in; null while it is on its way. */
  readonly problem: string | null;
}

const NOTHING: readonly Pending[] = [];

const pendingQuery = (id: number) =>
  queryOptions<readonly Pending[]>({
    queryKey: ['inbox', 'outbox', id],
    queryFn: ({ client, queryKey }) => client.getQueryData(queryKey) ?? NOTHING,
    initialData: NOTHING,
    staleTime: Infinity,
    gcTime: Infinity,
  });

export function usePending(id: number): readonly Pending[] {
  return useQuery(pendingQuery(id)).data;
}

export function send(cache: QueryClient, id: number, kind: Kind, text: string, after: number): void {
  const pending: Pending = { key: crypto.randomUUID(), kind, text, after, problem: null };
  change(cache, id, (list) => [...list, pending]);
  deliver(cache, id, pending);
}

export function retry(cache: QueryClient, id: number, pending: Pending): void {
  const again = { ...pending, problem: null };
  change(cache, id, (list) => list.map((one) => (one.key === pending.key ? again : one)));
  deliver(cache, id, again);
}

export function forget(cache: QueryClient, id: number, key: string): void {
  change(cache, id, (list) => list.filter((one) => one.key !== key));
}

/** Those that the thread does not show yet: an event may tell of a message before the answer to its sending. Pure. */
export function unseen(pending: readonly Pending[], messages: readonly Message[], myId: number): readonly Pending[] {
  const taken = new Set<number>();
  return pending.filter((one) => {
    const stored = messages.find(
      (message) =>
        message.id > one.after &&
        !taken.has(message.id) &&
        message.author_user_id === myId &&
        message.author === 'person' &&
        message.direction === (one.kind === 'note' ? 'note' : 'out') &&
        message.body === one.text,
    );
    if (stored) taken.add(stored.id);
    return !stored;
  });
}

const lines = new WeakMap<QueryClient, Map<number, Promise<void>>>();

function deliver(cache: QueryClient, id: number, pending: Pending): void {
  const line = lines.get(cache) ?? new Map<number, Promise<void>>();
  lines.set(cache, line);
  const stored = (message: Message) => {
    enter(cache, id, message);
    forget(cache, id, pending.key);
  };
  const refused = (error: unknown) => {
    const { code } = asProblem(error);
    change(cache, id, (list) => list.map((one) => (one.key === pending.key ? { ...one, problem: code } : one)));
  };
  const before = line.get(id) ?? Promise.resolve();
  line.set(id, before.then(() => post(id, pending)).then(stored, refused));
}

/** A message of ours was stored: the thread and the list show it. */
export function enter(cache: QueryClient, id: number, message: Message): void {
  enterMessage(cache, id, message);
  changeCard(cache, id, (row) => withMessage(row, message));
}

async function post(id: number, { kind, text, key }: Pending): Promise<Message> {
  const params = { path: { conversation_id: id }, header: { 'Idempotency-Key': key } };
  const body = { text };
  return kind === 'note'
    ? bodyOf(await api.POST('/chat/conversations/{conversation_id}/notes', { params, body }))
    : bodyOf(await api.POST('/chat/conversations/{conversation_id}/messages', { params, body }));
}

function change(cache: QueryClient, id: number, how: (list: readonly Pending[]) => readonly Pending[]): void {
  cache.setQueryData(pendingQuery(id).queryKey, (list) => how(list ?? NOTHING));
}
