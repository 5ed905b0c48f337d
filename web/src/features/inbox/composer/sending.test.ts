import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '@/features/inbox/queries';
import { left, LONGEST, tooLong } from './length';
import { retry, send, unseen, type Pending } from './sending';

/** The client takes `fetch` when it is loaded. */
const net = vi.hoisted(() => {
  const door = { answer: (): Promise<Response> => Promise.reject(new Error('closed')) } as {
    answer: (request: Request) => Promise<Response>;
  };
  globalThis.fetch = (request) => door.answer(request as Request);
  return door;
});

const OUTBOX = ['inbox', 'outbox', 4];
let cache: QueryClient;
let answers: (() => Response | Promise<Response>)[];
let sent: { key: string | null; text: string }[];

beforeEach(() => {
  cache = new QueryClient();
  answers = [];
  sent = [];
  net.answer = async (request) => {
    const { text } = (await request.json()) as { text: string };
    sent.push({ key: request.headers.get('idempotency-key'), text });
    return answers.shift()?.() ?? Response.json({ id: sent.length, body: text });
  };
});

const outbox = () => cache.getQueryData<readonly Pending[]>(OUTBOX) ?? [];

describe('what is sent', () => {
  it('waits with its text, and is gone once it is stored', async () => {
    send(cache, 4, 'message', 'Hola', 0);
    expect(outbox()).toMatchObject([{ text: 'Hola', problem: null }]);
    await vi.waitFor(() => expect(outbox()).toEqual([]));
  });

  it('stays with the reason where it was refused, and is tried again under the same key', async () => {
    answers = [() => Promise.reject(new TypeError('network'))];
    send(cache, 4, 'message', 'Hola', 0);
    await vi.waitFor(() => expect(outbox()).toMatchObject([{ text: 'Hola', problem: 'offline' }]));
    const [failed] = outbox();
    if (failed) retry(cache, 4, failed);
    await vi.waitFor(() => expect(outbox()).toEqual([]));
    expect(sent).toHaveLength(2);
    expect(sent[0]?.key).toBe(sent[1]?.key);
  });

  it('leaves in the order in which it was written', async () => {
    let open: () => void = () => undefined;
    answers = [() => new Promise((done) => (open = () => done(Response.json({ id: 1 }))))];
    send(cache, 4, 'message', 'uno', 0);
    send(cache, 4, 'note', 'dos', 0);
    await vi.waitFor(() => expect(sent.map(({ text }) => text)).toEqual(['uno']));
    open();
    await vi.waitFor(() => expect(sent.map(({ text }) => text)).toEqual(['uno', 'dos']));
    expect(sent[0]?.key).not.toBe(sent[1]?.key);
  });
});

describe('a bubble of what was sent', () => {
  const pending = (key: string): Pending => ({ key, kind: 'message', text: 'Hola', after: 5, problem: null });
  const stored = (id: number, fields: Partial<Message> = {}) =>
    ({ id, direction: 'out', author: 'person', author_user_id: 1, body: 'Hola', ...fields }) as Message;

  it('gives way to the message that an event has told of, one for one', () => {
    expect(unseen([pending('a'), pending('b')], [stored(6)], 1).map(({ key }) => key)).toEqual(['b']);
  });

  it('stays where the message is older, of somebody else, a note, or in other words', () => {
    const others = [stored(5), stored(6, { author_user_id: 2 }), stored(7, { direction: 'note' }), stored(8, { body: 'Chau' })];
    expect(unseen([pending('a')], others, 1)).toHaveLength(1);
  });
});

describe('the limit of a text', () => {
  it('is told near its end, in characters', () => {
    expect(left('a'.repeat(1000))).toBeNull();
    expect(left('a'.repeat(LONGEST - 10))).toBe(10);
    expect(left('😀'.repeat(LONGEST))).toBe(0);
    expect(tooLong('a'.repeat(LONGEST))).toBe(false);
    expect(tooLong('a'.repeat(LONGEST + 1))).toBe(true);
  });
});
