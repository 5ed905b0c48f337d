import { describe, expect, it, vi } from 'vitest';
import { apply, asked, AT, BEFORE, cache, card, first, iAm, ids, listed, messages, pagesOf, said, wanted } from './scene.testing';
import { inboxKeys, messagesQuery, type Message } from './queries';

describe('a new message', () => {
  const thread = () => messages().map(({ id }) => id);

  it('is shown in its thread, once and in its place', () => {
    cache.setQueryData(messagesQuery(4).queryKey, pagesOf({ id: 1 } as Message));
    for (const id of [3, 2, 3]) apply('NEW_MESSAGE', said({ id }));
    expect(thread()).toEqual([3, 2, 1]);
  });

  it('moves its card and counts as unread, once', () => {
    listed('all', card);
    apply('NEW_MESSAGE', said());
    apply('NEW_MESSAGE', said());
    expect(first()).toMatchObject({ last_body: 'hi', last_author: 'customer', last_message_at: AT, last_message_id: 2, unread: 1 });
    expect(first()?.window_open_until).toBe('2026-11-23T12:00:00.000Z');
  });

  it('is not unread where it is ours, imported or read already', () => {
    listed('all', { ...card, read_through_id: 3 });
    apply('NEW_MESSAGE', said({ id: 3 }));
    apply('NEW_MESSAGE', said({ id: 4, direction: 'out', author: 'agent', status: 'queued' }));
    apply('NEW_MESSAGE', said({ id: 5, status: 'imported' }));
    expect(first()?.unread).toBe(0);
  });

  it("does not open the window where it is WhatsApp's own notice", () => {
    listed('all', card);
    apply('NEW_MESSAGE', said({ type: 'system' }));
    expect(first()?.last_inbound_at).toBe(BEFORE);
  });

  it('of somebody unknown brings their conversation', async () => {
    listed('all', card);
    asked.mockReturnValue({ ...card, id: 9 });
    apply('NEW_MESSAGE', said({ conversation_id: 9 }));
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.mock.calls).toEqual([['/chat/conversations/9']]);
    expect(ids('all')).toContain(9);
  });

  it('of a stranger who has become a lead brings the lead', async () => {
    listed('all', { ...card, lead_id: null });
    asked.mockReturnValue(card);
    apply('NEW_MESSAGE', said());
    await vi.advanceTimersByTimeAsync(1);
    expect(first()?.lead_id).toBe(7);
  });

  it('asks for itself where it is too large for an event', () => {
    cache.setQueryData(messagesQuery(4).queryKey, pagesOf({ id: 1 } as Message));
    listed('all', card);
    const { content, ...large } = said();
    expect(content).toEqual({});
    apply('NEW_MESSAGE', large);
    expect(cache.getQueryState(messagesQuery(4).queryKey)?.isInvalidated).toBe(true);
  });

  it('is one of a hundred in a second, and they ask for nothing', async () => {
    listed('all', card);
    for (let id = 2; id < 102; id += 1) apply('NEW_MESSAGE', said({ id }));
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked).not.toHaveBeenCalled();
    expect(first()?.unread).toBe(100);
  });

  it('is one of a hundred by strangers in a second, and they ask twice at most', async () => {
    listed('all', card);
    for (let id = 10; id < 110; id += 1) apply('NEW_MESSAGE', said({ id, conversation_id: id }));
    await vi.advanceTimersByTimeAsync(3000);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(2);
    expect(cache.getQueryState(inboxKeys.list(wanted('all')))?.isInvalidated).toBe(true);
  });
});

describe('the status of a message', () => {
  it('moves its ticks, and those of the card where it is the last', () => {
    listed('all', card);
    cache.setQueryData(messagesQuery(4).queryKey, pagesOf({ id: 1, status: 'sent' } as Message));
    apply('MESSAGE_STATUS', { id: 1, conversation_id: 4, status: 'failed', error_code: '131026' });
    expect(messages()[0]).toMatchObject({ status: 'failed', error_code: '131026' });
    expect(first()?.last_status).toBe('failed');
    apply('MESSAGE_STATUS', { id: 0, conversation_id: 4, status: 'read', error_code: null });
    expect(first()?.last_status).toBe('failed');
  });
});

describe('the file of a message', () => {
  it('is told by an event of its own, and replaces what was known of it', () => {
    cache.setQueryData(messagesQuery(4).queryKey, pagesOf({ id: 1, media: null } as Message));
    const media = { id: 9, state: 'stored', words_state: 'waiting' };
    apply('MEDIA_UPDATED', { conversation_id: 4, message_id: 1, media });
    expect(messages()[0]?.media).toMatchObject(media);
    apply('MEDIA_UPDATED', { conversation_id: 4, message_id: 1, media: { ...media, words_state: 'ready', words: 'Hola' } });
    expect(messages()[0]?.media).toMatchObject({ words_state: 'ready', words: 'Hola' });
    apply('MEDIA_UPDATED', { conversation_id: 5, message_id: 1, media }); // of a thread that was not read
    expect(messages()).toHaveLength(1);
  });
});

describe('a changed conversation', () => {
  it('keeps what the event leaves out', () => {
    listed('all', card);
    apply('CONVERSATION_UPDATED', { id: 4, agent_paused_until: AT, needs_person: true, waiting_since: AT });
    apply('CONVERSATION_UPDATED', { id: 4, agent_mode: 'draft' });
    expect(first()).toMatchObject({ agent_paused_until: AT, needs_person: true, waiting_since: AT, agent_mode: 'draft' });
  });

  it('leaves the lists that it no longer belongs to and enters the others', () => {
    iAm('tenant');
    listed('all', card);
    for (const filter of ['human', 'mine', 'unassigned'] as const) listed(filter);
    apply('CONVERSATION_UPDATED', { id: 4, needs_person: true, owner_user_id: null });
    expect([ids('human'), ids('mine'), ids('unassigned')]).toEqual([[4], [], [4]]);
    apply('CONVERSATION_UPDATED', { id: 4, needs_person: false, owner_user_id: 1 });
    expect([ids('human'), ids('mine'), ids('unassigned')]).toEqual([[], [4], []]);
    apply('CONVERSATION_UPDATED', { id: 4, status: 'closed' });
    expect([ids('all'), ids('mine')]).toEqual([[], []]);
  });

  it('is read by oneself, and by others is none of ours', () => {
    iAm('tenant');
    listed('all', { ...card, unread: 3 });
    apply('CONVERSATION_UPDATED', { id: 4, read_by: 2, read_through_id: 9, unread: 0 });
    expect(first()?.unread).toBe(3);
    apply('CONVERSATION_UPDATED', { id: 4, read_by: 1, read_through_id: 9, unread: 1 });
    expect(first()).toMatchObject({ unread: 1, read_through_id: 9 });
  });

  it('is dropped where it went to somebody else, unless one sees all', () => {
    for (const [scope, left] of [['own', []], ['tenant', [4]]] as const) {
      iAm(scope);
      listed('all', { ...card, owner_user_id: 1 });
      apply('CONVERSATION_UPDATED', { id: 4, visible: false, owner_user_id: 2 });
      expect(ids('all'), scope).toEqual(left);
    }
  });
});
