/** How live events change what the inbox has read: by what they tell, so that a flood of them asks for nothing. */
import { cannedKey } from '@/lib/canned/keys';
import type { LiveRules } from '@/lib/live/live';
import { soon } from '@/lib/query/soon';
import { meQuery } from '@/lib/session/session';
import { cardsOfLead, changeCard, dropCard, enterCard, findCard, learnCard } from './cards';
import { changeMessage, enterMessage } from './messages';
import { turnKeys } from './why/queries';
import { inboxKeys, type AgentMode, type Conversation, type Media, type Message } from './queries';
import { inScope } from './scope';

type Payload = Readonly<Record<string, unknown>>;

const WINDOW_MS = 24 * 3_600_000;
const MOST_UNREAD = 100;

export const inboxLive: LiveRules = {
  NEW_MESSAGE: (cache, payload) => {
    const message = messageOf(payload);
    const id = Number(payload['conversation_id']);
    enterMessage(cache, id, message);
    if (!('content' in payload)) soon(cache, inboxKeys.messages(id)); // too large for an event
    const known = findCard(cache, id);
    // A stranger's first message makes them a lead, and the event does not say which.
    if (!known || (known.lead_id === null && message.direction === 'in')) learnCard(cache, id);
    if (known) enterCard(cache, withMessage(known, message));
  },
  MEDIA_UPDATED: (cache, payload) => {
    const media = payload['media'] as Media; // as the API lists it
    changeMessage(cache, Number(payload['conversation_id']), Number(payload['message_id']), { media });
  },
  MESSAGE_STATUS: (cache, payload) => {
    const id = Number(payload['id']);
    const status = String(payload['status']);
    const conversation = Number(payload['conversation_id']);
    changeMessage(cache, conversation, id, { status, error_code: text(payload['error_code']) });
    changeCard(cache, conversation, (row) => (row.last_message_id === id ? { ...row, last_status: status } : row));
  },
  CONVERSATION_UPDATED: (cache, payload) => {
    const id = Number(payload['id']);
    const me = cache.getQueryData(meQuery.queryKey);
    if (me && 'owner_user_id' in payload && !inScope(me, number(payload['owner_user_id']))) dropCard(cache, id);
    else if (payload['visible'] === false) return; // for those whose scope it has left
    else if (!changeCard(cache, id, (row) => withState(row, payload, me?.user.id)) && !('read_by' in payload)) {
      learnCard(cache, id);
    }
  },
  TURN_UPDATED: (cache, payload) => {
    const id = Number(payload['conversation_id']);
    const state = String(payload['state']);
    changeCard(cache, id, (row) => ({ ...row, turn_state: OVER.has(state) ? null : state }));
    void cache.invalidateQueries({ queryKey: turnKeys.of(id) });
    const verdicts = Object.entries((payload['verdicts'] ?? {}) as Record<string, Message['verdict']>);
    for (const [message, verdict] of verdicts) changeMessage(cache, id, Number(message), { verdict });
    if (state === 'awaiting_approval') void cache.invalidateQueries({ queryKey: inboxKeys.draft(id) });
    else cache.setQueryData(inboxKeys.draft(id), (known: unknown) => (known === undefined ? undefined : null));
  },
  LEAD_UPDATED: (cache, payload) => {
    const me = cache.getQueryData(meQuery.queryKey);
    const lead = payload['lead'] as Partial<LeadFacts> | undefined;
    const leadId = Number(lead?.id ?? payload['id']);
    if ('owner_user_id' in payload && me && inScope(me, number(payload['owner_user_id']))) return; // it left another's scope
    for (const row of cardsOfLead(cache, leadId)) {
      const changed = lead ? withLead(row, lead) : row;
      if (payload['visible'] === false || lead?.deleted_at || (me && !inScope(me, changed.owner_user_id))) dropCard(cache, row.id);
      else enterCard(cache, changed);
    }
    // The card shows no messages: what they alone have changed is not read anew.
    const changed = Array.isArray(payload['changed']) ? payload['changed'] : [];
    if (changed.length !== 1 || changed[0] !== 'messages') soon(cache, inboxKeys.lead(leadId));
  },
  CANNED_UPDATED: (cache) => void cache.invalidateQueries({ queryKey: cannedKey }),
  AGENT_UPDATED: (cache, payload) => {
    const told = { agent_name: String(payload['agent_name']), agent_mode: payload['agent_mode'] as AgentMode };
    cache.setQueryData(meQuery.queryKey, (me) => me && { ...me, tenant: { ...me.tenant, ...told } });
  },
};

const OVER: ReadonlySet<string> = new Set(['done', 'handed_over', 'superseded']);

interface LeadFacts {
  readonly id: number;
  readonly full_name: string | null;
  readonly stage_key: string;
  readonly owner_user_id: number | null;
  readonly interest: string | null;
  readonly score: number | null;
  readonly deleted_at: string | null;
}

function withLead(row: Conversation, lead: Partial<LeadFacts>): Conversation {
  return {
    ...row,
    ...('full_name' in lead && { lead_name: lead.full_name ?? null }),
    ...(lead.stage_key !== undefined && { stage_key: lead.stage_key }),
    ...('owner_user_id' in lead && { owner_user_id: lead.owner_user_id ?? null }),
    ...('interest' in lead && { interest: lead.interest ?? null }),
    ...('score' in lead && { score: lead.score ?? null }),
  };
}

/** The conversation after a message; one that was counted already (an event told again) counts once. */
export function withMessage(row: Conversation, message: Message): Conversation {
  if (message.id <= (row.last_message_id ?? 0)) return row;
  const received = message.direction === 'in' && message.status === 'received';
  const fresh = received && message.id > (row.read_through_id ?? 0);
  const opens = received && message.type !== 'system';
  return {
    ...row,
    last_message_id: message.id,
    last_body: message.body,
    last_type: message.type,
    last_direction: message.direction,
    last_status: message.status,
    last_author: message.author,
    last_author_user_id: message.author_user_id,
    last_message_at: later(row.last_message_at, message.created_at),
    ...(fresh && { unread: Math.min(row.unread + 1, MOST_UNREAD) }),
    ...(opens && {
      last_inbound_at: message.created_at,
      window_open_until: new Date(Date.parse(message.created_at) + WINDOW_MS).toISOString(),
    }),
  };
}

/** Some of these events name one field only; what an event leaves out has not changed. */
function withState(row: Conversation, payload: Payload, myId: number | undefined): Conversation {
  const mine = payload['read_by'] !== undefined && payload['read_by'] === myId;
  return {
    ...row,
    ...('status' in payload && { status: String(payload['status']) }),
    ...('agent_paused_until' in payload && { agent_paused_until: text(payload['agent_paused_until']) }),
    ...('agent_mode' in payload && { agent_mode: text(payload['agent_mode']) as Conversation['agent_mode'] }),
    ...('needs_person' in payload && { needs_person: payload['needs_person'] === true }),
    ...('waiting_since' in payload && { waiting_since: text(payload['waiting_since']) }),
    ...('marketing_opted_out' in payload && { marketing_opted_out: payload['marketing_opted_out'] === true }),
    ...('owner_user_id' in payload && { owner_user_id: number(payload['owner_user_id']) }),
    ...(mine && { read_through_id: Number(payload['read_through_id']), unread: Number(payload['unread']) }),
  };
}

/** The event's message; its verdict comes with the turn that screens it. */
function messageOf(payload: Payload): Message {
  return {
    id: Number(payload['id']),
    direction: String(payload['direction']),
    author: String(payload['author']),
    author_user_id: number(payload['author_user_id']),
    type: String(payload['type']),
    body: String(payload['body']),
    content: (payload['content'] ?? {}) as Message['content'],
    reply_id: text(payload['reply_id']),
    status: String(payload['status']),
    error_code: text(payload['error_code']),
    verdict: null,
    turn_id: number(payload['turn_id']),
    created_at: String(payload['created_at'] ?? payload['at']),
    media: null, // told by an event of its own
  };
}

function later(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? b : a;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
