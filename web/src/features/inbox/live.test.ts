import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Pages } from '@/lib/query/pages';
import { rowsOf } from '@/lib/query/pages';
import { applyEvents } from '@/lib/live/live';
import { inboxLive } from './live';
import { conversationsQuery, messagesQuery, turnQuery, type Conversation, type Message } from './queries';

const AT = '2026-11-22T12:00:00Z';
const conversation = { id: 4, lead_id: 7, last_body: 'before', last_message_at: '2026-11-21T12:00:00Z', needs_person: false };
const pagesOf = <Row>(...items: Row[]) => ({ pages: [{ items, next_cursor: null }], pageParams: [null] });

function cacheWith(): QueryClient {
  const cache = new QueryClient();
  cache.setQueryData(conversationsQuery('all').queryKey, pagesOf(conversation) as unknown as Pages<Conversation>);
  cache.setQueryData(messagesQuery(4).queryKey, pagesOf({ id: 1, status: 'sent' }) as unknown as Pages<Message>);
  return cache;
}

const message = (cache: QueryClient) => rowsOf(cache.getQueryData(messagesQuery(4).queryKey) as Pages<Message>);
const card = (cache: QueryClient) =>
  rowsOf(cache.getQueryData(conversationsQuery('all').queryKey) as Pages<Conversation>)[0];
const apply = (cache: QueryClient, name: string, payload: object) =>
  applyEvents(cache, [inboxLive], [{ name, payload: { ...payload, seq: 1, at: AT } }]);

describe('a live event in the inbox', () => {
  it('shows a new message in its thread, once, and on its card', () => {
    const cache = cacheWith();
    const payload = { id: 2, conversation_id: 4, direction: 'in', author: 'customer', type: 'text', body: 'hi', status: 'received' };
    apply(cache, 'NEW_MESSAGE', payload);
    apply(cache, 'NEW_MESSAGE', payload);
    expect(message(cache).map(({ id }) => id)).toEqual([2, 1]);
    expect(card(cache)).toMatchObject({ last_body: 'hi', last_message_at: AT, last_inbound_at: AT });
  });

  it('moves the ticks of a message', () => {
    const cache = cacheWith();
    apply(cache, 'MESSAGE_STATUS', { id: 1, conversation_id: 4, status: 'read', error_code: null });
    expect(message(cache)[0]?.status).toBe('read');
  });

  it('says who answers', () => {
    const cache = cacheWith();
    apply(cache, 'CONVERSATION_UPDATED', { id: 4, agent_paused_until: AT, needs_person: true });
    expect(card(cache)).toMatchObject({ agent_paused_until: AT, needs_person: true });
  });

  it('keeps what an event leaves out', () => {
    const cache = cacheWith();
    apply(cache, 'CONVERSATION_UPDATED', { id: 4, agent_paused_until: AT, needs_person: true });
    apply(cache, 'CONVERSATION_UPDATED', { id: 4, read_by: 1, read_through_id: 9 });
    expect(card(cache)).toMatchObject({ agent_paused_until: AT, needs_person: true });
    apply(cache, 'CONVERSATION_UPDATED', { id: 4, needs_person: false });
    expect(card(cache)).toMatchObject({ agent_paused_until: AT, needs_person: false });
  });

  it('learns the name of the person', () => {
    const cache = cacheWith();
    apply(cache, 'LEAD_UPDATED', { lead: { id: 8, full_name: 'Somebody Else' }, changed: ['full_name'] });
    expect(card(cache)?.lead_name).toBeUndefined();
    apply(cache, 'LEAD_UPDATED', { lead: { id: 7, full_name: 'Ana Ruiz' }, changed: ['full_name'] });
    expect(card(cache)?.lead_name).toBe('Ana Ruiz');
  });

  it('says what the agent does, and nothing once it is done', () => {
    const cache = cacheWith();
    apply(cache, 'TURN_UPDATED', { id: 9, conversation_id: 4, state: 'thinking' });
    expect(cache.getQueryData(turnQuery(4).queryKey)).toBe('thinking');
    apply(cache, 'TURN_UPDATED', { id: 9, conversation_id: 4, state: 'done' });
    expect(cache.getQueryData(turnQuery(4).queryKey)).toBeNull();
  });
});
