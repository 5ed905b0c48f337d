/** A cache as the inbox fills it, the events that change it, and a server that tells what it was asked. */
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, vi } from 'vitest';
import { applyEvents } from '@/lib/live/live';
import { rowsOf, type Pages } from '@/lib/query/pages';
import { meQuery, type Me } from '@/lib/session/session';
import { inboxLive } from './live';
import { inboxKeys, type Conversation, type Message } from './queries';
import type { Filter, Wanted } from './search';

/** The client takes `fetch` when it is loaded. */
const net = vi.hoisted(() => {
  const door = { answer: (): Promise<Response> => Promise.reject(new Error('closed')) } as {
    answer: (request: Request) => Promise<Response>;
  };
  globalThis.fetch = (request) => door.answer(request as Request);
  return door;
});

export const AT = '2026-11-22T12:00:00Z';
export const BEFORE = '2026-11-21T12:00:00Z';
export const wanted = (filter: Filter, change: Partial<Wanted> = {}): Wanted => ({ filter, closed: false, q: '', ...change });
export const pagesOf = <Row>(...items: Row[]) => ({ pages: [{ items, next_cursor: null }], pageParams: [null] });

export const card = {
  id: 4,
  lead_id: 7,
  status: 'open',
  needs_person: false,
  waiting_since: null,
  last_body: 'before',
  last_message_id: 1,
  last_message_at: BEFORE,
  last_inbound_at: BEFORE,
  owner_user_id: null,
  agent_paused_until: null,
  read_through_id: 1,
  unread: 0,
  turn_state: null,
} as Conversation;

export const asked = vi.fn<(url: string) => unknown>();
export let cache: QueryClient;

beforeEach(() => {
  vi.useFakeTimers();
  cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  net.answer = (request) => {
    const answer = asked(new URL(request.url).pathname);
    return Promise.resolve(Response.json(answer ?? {}, { status: answer ? 200 : 404 }));
  };
  asked.mockReset();
});

afterEach(() => {
  cache.clear();
  vi.useRealTimers();
});

export function iAm(scope: string, id = 1): void {
  const me = { user: { id }, tenant: { agent_mode: 'autopilot' }, permissions: [{ permission: 'conversations.read', scope }] };
  cache.setQueryData(meQuery.queryKey, me as unknown as Me);
}

export function listed(filter: Filter, ...rows: Conversation[]): void {
  cache.setQueryData(inboxKeys.list(wanted(filter)), pagesOf(...rows));
}

export const messages = () => rowsOf(cache.getQueryData<Pages<Message>>(inboxKeys.messages(4)));
export const rows = (filter: Filter) => rowsOf(cache.getQueryData<Pages<Conversation>>(inboxKeys.list(wanted(filter))));
export const ids = (filter: Filter) => rows(filter).map(({ id }) => id);
export const first = () => rows('all')[0];
export const apply = (name: string, payload: object) => applyEvents(cache, [inboxLive], [{ name, payload: { at: AT, ...payload, seq: 1 } }]);
export const said = (change: object = {}) => ({
  id: 2, conversation_id: 4, direction: 'in', author: 'customer', author_user_id: null, type: 'text', body: 'hi',
  content: {}, reply_id: null, status: 'received', error_code: null, turn_id: null, ...change,
});
