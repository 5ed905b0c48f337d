/** What the inbox reads: conversations, messages, and the turn that the agent is in. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams, rowsOf, type Pages } from '@/lib/query/pages';

export type Conversation = Schemas['ConversationView'];
export type Message = Schemas['MessageView'];
export type Filter = 'human' | 'all';

export const TURN_STATES = [
  'buffering',
  'transcribing',
  'screening',
  'thinking',
  'checking',
  'sending',
  'awaiting_approval',
  'failed',
] as const;
export type TurnState = (typeof TURN_STATES)[number];

export const inboxKeys = {
  lists: ['conversations'] as const,
  messages: (id: number) => ['messages', id] as const,
  turn: (id: number) => ['turn', id] as const,
};

export const conversationsQuery = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: [...inboxKeys.lists, filter],
    queryFn: async ({ pageParam, signal }) => {
      const query = { cursor: pageParam, limit: 50, ...(filter === 'human' && { needs_person: true }) };
      return bodyOf(await api.GET('/chat/conversations', { params: { query }, signal }));
    },
    ...pageParams,
  });

export const messagesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: inboxKeys.messages(id),
    queryFn: async ({ pageParam, signal }) => {
      const params = { path: { conversation_id: id }, query: { cursor: pageParam, limit: 50 } };
      return bodyOf(await api.GET('/chat/conversations/{conversation_id}/messages', { params, signal }));
    },
    ...pageParams,
  });

/** What the agent is doing now; known from live events alone. */
export const turnQuery = (id: number) =>
  queryOptions<TurnState | null>({ queryKey: inboxKeys.turn(id), queryFn: () => null, staleTime: Infinity });

/** Oldest first, as they are read. */
export function inOrder(pages: Pages<Message> | undefined): readonly Message[] {
  return rowsOf(pages).toReversed();
}

export function nameOf(conversation: Conversation): string | null {
  return conversation.lead_name ?? conversation.contact_name;
}

/** Humano by the longest wait, the others by last activity (UI §4). */
export function sorted(rows: readonly Conversation[], filter: Filter): readonly Conversation[] {
  if (filter === 'all') return rows.toSorted((a, b) => b.last_message_at.localeCompare(a.last_message_at) || b.id - a.id);
  return rows.toSorted((a, b) => waitingSince(a).localeCompare(waitingSince(b)) || a.id - b.id);
}

function waitingSince(conversation: Conversation): string {
  return conversation.last_inbound_at ?? conversation.last_message_at;
}

const WINDOW_MS = 24 * 3_600_000;

/** Milliseconds until WhatsApp's window of free answers shuts; 0 where it is shut. */
export function windowLeft(lastInboundAt: string | null, now: number): number {
  return lastInboundAt === null ? 0 : Math.max(0, Date.parse(lastInboundAt) + WINDOW_MS - now);
}

export function paused(conversation: Pick<Conversation, 'agent_paused_until'>, now: number): boolean {
  return conversation.agent_paused_until !== null && Date.parse(conversation.agent_paused_until) > now;
}
