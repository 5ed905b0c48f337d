/** How live events change what the inbox has read. */
import type { QueryClient } from '@tanstack/react-query';
import type { LiveRules } from '@/lib/live/live';
import { patchRow, prependRow, rowsOf, type Pages } from '@/lib/query/pages';
import { inboxKeys, TURN_STATES, type Conversation, type Message, type TurnState } from './queries';

type Payload = Readonly<Record<string, unknown>>;

export const inboxLive: LiveRules = {
  NEW_MESSAGE: (cache, payload) => {
    const message = messageOf(payload);
    const conversation = Number(payload['conversation_id']);
    cache.setQueryData<Pages<Message>>(inboxKeys.messages(conversation), (pages) => pages && prependRow(pages, message));
    const inbound = message.direction === 'in';
    patchConversation(cache, conversation, (row) => ({
      ...row,
      last_body: message.body,
      last_direction: message.direction,
      last_status: message.status,
      last_message_at: message.created_at,
      last_inbound_at: inbound ? message.created_at : row.last_inbound_at,
    }));
  },
  MESSAGE_STATUS: (cache, payload) => {
    const change = (row: Message): Message => ({
      ...row,
      status: String(payload['status']),
      error_code: text(payload['error_code']),
    });
    const id = Number(payload['id']);
    cache.setQueryData<Pages<Message>>(
      inboxKeys.messages(Number(payload['conversation_id'])),
      (pages) => pages && patchRow(pages, id, change),
    );
    void cache.invalidateQueries({ queryKey: inboxKeys.lists, refetchType: 'none' });
  },
  CONVERSATION_UPDATED: (cache, payload) => {
    // Some of these events name one field only; what an event leaves out has not changed.
    patchConversation(cache, Number(payload['id']), (row) => ({
      ...row,
      ...('agent_paused_until' in payload && { agent_paused_until: text(payload['agent_paused_until']) }),
      ...('needs_person' in payload && { needs_person: payload['needs_person'] === true }),
    }));
    void cache.invalidateQueries({ queryKey: [...inboxKeys.lists, 'human'] });
  },
  TURN_UPDATED: (cache, payload) => {
    const conversation = Number(payload['conversation_id']);
    const state = TURN_STATES.find((known): known is TurnState => known === payload['state']) ?? null;
    cache.setQueryData(inboxKeys.turn(conversation), state);
    // The screen's verdict is on the messages by now, and a finished turn has signed its replies.
    void cache.invalidateQueries({ queryKey: inboxKeys.messages(conversation) });
    if (payload['state'] === 'handed_over') void cache.invalidateQueries({ queryKey: inboxKeys.lists });
  },
  LEAD_UPDATED: (cache, payload) => {
    const lead = payload['lead'] as Payload | undefined;
    if (!lead) return;
    const name = text(lead['full_name']);
    const change = (row: Conversation): Conversation => ({ ...row, lead_name: name });
    for (const [key, pages] of cache.getQueriesData<Pages<Conversation>>({ queryKey: inboxKeys.lists })) {
      const row = pages && rowsOf(pages).find((known) => known.lead_id === lead['id']);
      if (pages && row && row.lead_name !== name) cache.setQueryData(key, patchRow(pages, row.id, change));
    }
  },
  NEW_LEAD: (cache) => void cache.invalidateQueries({ queryKey: inboxKeys.lists }),
};

function patchConversation(cache: QueryClient, id: number, change: (row: Conversation) => Conversation): void {
  const lists = cache.getQueriesData<Pages<Conversation>>({ queryKey: inboxKeys.lists });
  for (const [key, pages] of lists) {
    if (!pages) continue;
    if (rowsOf(pages).some((row) => row.id === id)) cache.setQueryData(key, patchRow(pages, id, change));
    else void cache.invalidateQueries({ queryKey: key, exact: true });
  }
}

/** The event's message; what it leaves out comes with the next reading. */
function messageOf(payload: Payload): Message {
  return {
    id: Number(payload['id']),
    direction: String(payload['direction']),
    author: String(payload['author']),
    author_user_id: null,
    type: String(payload['type']),
    body: String(payload['body']),
    content: {},
    reply_id: null,
    status: String(payload['status']),
    error_code: null,
    verdict: null,
    turn_id: null,
    created_at: String(payload['at']),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
