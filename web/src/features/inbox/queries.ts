/** What the inbox reads, and what a conversation's facts mean. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams, type Page } from '@/lib/query/pages';
import type { Wanted } from './search';

export type Conversation = Schemas['ConversationView'];
export type Message = Schemas['MessageView'];
export type Media = Schemas['MediaView'];
export type Draft = Schemas['DraftView'];
export type AgentMode = 'autopilot' | 'draft' | 'off';

/** What runs, waits for a person or failed; a finished turn is none. */
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
  list: (wanted: Wanted) => [...inboxKeys.lists, wanted] as const,
  one: (id: number) => ['conversation', id] as const,
  messages: (id: number) => ['messages', id] as const,
  around: (id: number, message: number) => ['around', id, message] as const,
  draft: (id: number) => ['draft', id] as const,
  lead: (id: number) => ['inbox', 'lead', id] as const,
};

export const conversationsQuery = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: inboxKeys.list(wanted),
    queryFn: async ({ pageParam, signal }) => {
      const { filter, closed, q } = wanted;
      const query = {
        cursor: pageParam,
        limit: 50,
        status: closed ? ('closed' as const) : ('open' as const),
        ...(filter === 'human' && { needs_person: true }),
        ...(filter === 'mine' && { mine: true }),
        ...(filter === 'unassigned' && { unassigned: true }),
        ...(q.trim() !== '' && { q: q.trim() }),
      };
      return bodyOf(await api.GET('/chat/conversations', { params: { query }, signal }));
    },
    ...pageParams,
  });

export const readConversation = async (id: number, signal?: AbortSignal) =>
  bodyOf(
    await api.GET('/chat/conversations/{conversation_id}', {
      params: { path: { conversation_id: id } },
      ...(signal && { signal }),
    }),
  );

export const conversationQuery = (id: number) =>
  queryOptions({ queryKey: inboxKeys.one(id), queryFn: ({ signal }) => readConversation(id, signal) });

export const messagesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: inboxKeys.messages(id),
    queryFn: async ({ pageParam, signal }): Promise<Page<Message>> => {
      const params = { path: { conversation_id: id }, query: { cursor: pageParam, limit: 50 } };
      return bodyOf(await api.GET('/chat/conversations/{conversation_id}/messages', { params, signal }));
    },
    ...pageParams,
  });

/** One of the three. */
interface Place {
  readonly around?: number;
  readonly cursor?: string;
  readonly after?: string;
}

/** The messages about one of them, in both directions; no live event adds to it, for its end may lie in the past. */
export const aroundQuery = (id: number, message: number) => {
  const first: Place = { around: message };
  return infiniteQueryOptions({
    queryKey: inboxKeys.around(id, message),
    queryFn: async ({ pageParam, signal }) => {
      const params = { path: { conversation_id: id }, query: { ...pageParam, limit: 50 } };
      return bodyOf(await api.GET('/chat/conversations/{conversation_id}/messages', { params, signal }));
    },
    initialPageParam: first,
    getNextPageParam: ({ next_cursor: cursor }): Place | null => (cursor === null ? null : { cursor }),
    getPreviousPageParam: ({ newer_cursor: after }): Place | null => (after === null ? null : { after }),
    staleTime: Infinity,
    gcTime: 0,
  });
};

/** The reply that the agent proposes; null where none waits. */
export const draftQuery = (id: number) =>
  queryOptions({
    queryKey: inboxKeys.draft(id),
    queryFn: async ({ signal }) => {
      const params = { path: { conversation_id: id } };
      return bodyOf(await api.GET('/chat/conversations/{conversation_id}/draft', { params, signal })).draft;
    },
  });

/** Oldest first, as they are read. */
export function inOrder(pages: { readonly pages: readonly Page<Message>[] } | undefined): readonly Message[] {
  return (pages?.pages ?? []).flatMap(({ items }) => items).toReversed();
}

/** The person's name; where nobody told it, the number or the user's name. */
export function nameOf(conversation: Pick<Conversation, 'lead_name' | 'contact_name' | 'handle'>): string | null {
  return conversation.lead_name ?? conversation.contact_name ?? conversation.handle;
}

export function turnOf(conversation: Pick<Conversation, 'turn_state'>): TurnState | null {
  return TURN_STATES.find((known) => known === conversation.turn_state) ?? null;
}

/** Milliseconds until WhatsApp's window of free answers shuts; 0 where it is shut. */
export function windowLeft(conversation: Pick<Conversation, 'window_open_until'>, now: number): number {
  const until = conversation.window_open_until;
  return until === null ? 0 : Math.max(0, Date.parse(until) - now);
}

/** Milliseconds for which the agent stays silent; 0 where it does not. */
export function pauseLeft(conversation: Pick<Conversation, 'agent_paused_until'>, now: number): number {
  const until = conversation.agent_paused_until;
  return until === null ? 0 : Math.max(0, Date.parse(until) - now);
}

/** How the agent works in a conversation: its own mode, else the company's. */
export function modeOf(conversation: Pick<Conversation, 'agent_mode'>, company: AgentMode): AgentMode {
  return conversation.agent_mode ?? company;
}
