import { describe, expect, it } from 'vitest';
import { apply, AT, cache, card, first, iAm, ids, listed, messages, pagesOf, rows } from './scene.testing';
import { meQuery } from '@/lib/session/session';
import { conversationQuery, draftQuery, inboxKeys, messagesQuery, type Message } from './queries';

describe('a turn of the agent', () => {
  it('is shown while it lasts', () => {
    listed('all', card);
    apply('TURN_UPDATED', { id: 9, conversation_id: 4, state: 'thinking' });
    expect(first()?.turn_state).toBe('thinking');
    apply('TURN_UPDATED', { id: 9, conversation_id: 4, state: 'done' });
    expect(first()?.turn_state).toBeNull();
  });

  it("brings the screen's verdicts to their messages", () => {
    cache.setQueryData(messagesQuery(4).queryKey, pagesOf({ id: 2, verdict: null } as Message, { id: 1, verdict: null } as Message));
    apply('TURN_UPDATED', { id: 9, conversation_id: 4, state: 'thinking', verdicts: { '2': { action: 'block' } } });
    expect(messages().map(({ verdict }) => verdict)).toEqual([{ action: 'block' }, null]);
  });

  it('has its draft read anew when it waits, and forgotten when it is over', () => {
    cache.setQueryData(draftQuery(4).queryKey, null);
    apply('TURN_UPDATED', { id: 9, conversation_id: 4, state: 'awaiting_approval' });
    expect(cache.getQueryState(draftQuery(4).queryKey)?.isInvalidated).toBe(true);
    cache.setQueryData(inboxKeys.draft(4), { turn_id: 9, text: 'Hola', choices: [], proposed_at: AT });
    apply('TURN_UPDATED', { id: 9, conversation_id: 4, state: 'superseded' });
    expect(cache.getQueryData(draftQuery(4).queryKey)).toBeNull();
  });
});

describe('a changed lead', () => {
  const lead = { id: 7, full_name: 'Ana Ruiz', stage_key: 'won', owner_user_id: 1, interest: 'hot', score: 82 };

  it('changes what its conversation shows of it, and no other', () => {
    iAm('tenant');
    listed('all', card, { ...card, id: 5, lead_id: 8 });
    apply('LEAD_UPDATED', { lead, changed: [] });
    expect(first()).toMatchObject({ lead_name: 'Ana Ruiz', stage_key: 'won', owner_user_id: 1, interest: 'hot', score: 82 });
    expect(rows('all')[1]?.lead_name).toBeUndefined();
  });

  it('has its card read anew, but not for a message alone', () => {
    const key = [...inboxKeys.lead(7), 'card'];
    const stale = () => cache.getQueryState(key)?.isInvalidated;
    cache.setQueryData(key, lead);
    apply('LEAD_UPDATED', { lead, changed: ['messages'] });
    expect(stale()).toBe(false);
    apply('LEAD_UPDATED', { lead, changed: ['meetings', 'stage_key'] });
    expect(stale()).toBe(true);
  });

  it('takes its conversation along when it leaves the scope', () => {
    iAm('own');
    listed('all', { ...card, owner_user_id: 1 });
    apply('LEAD_UPDATED', { lead: { ...lead, owner_user_id: 2 }, changed: ['owner_user_id'] });
    expect(ids('all')).toEqual([]);
    listed('all', { ...card, owner_user_id: 1 });
    apply('LEAD_UPDATED', { id: 7, visible: false });
    expect(ids('all')).toEqual([]);
  });
});

it('a conversation that is open by itself changes like those in lists', () => {
  cache.setQueryData(conversationQuery(4).queryKey, card);
  apply('TURN_UPDATED', { id: 9, conversation_id: 4, state: 'thinking' });
  expect(cache.getQueryData(conversationQuery(4).queryKey)?.turn_state).toBe('thinking');
});

it('the mode of the company is known at once', () => {
  iAm('tenant');
  apply('AGENT_UPDATED', { agent_name: 'Sofía', agent_mode: 'draft' });
  expect(cache.getQueryData(meQuery.queryKey)?.tenant).toMatchObject({ agent_name: 'Sofía', agent_mode: 'draft' });
});
