import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Socket } from 'socket.io-client';
import { connect } from './connection';
import { ConnectionState, OFFLINE_MS, RECONNECTING_MS } from './state';

/** A socket whose server is the test. */
class FakeSocket {
  id = 'first';
  connected = true;
  active = true;
  readonly asked: unknown[] = [];
  answers: unknown[] = [];
  private readonly handlers = new Map<string, (argument: unknown) => void>();
  private any: (name: string, payload: unknown) => void = () => undefined;

  on(name: string, handler: (argument: unknown) => void) {
    this.handlers.set(name, handler);
  }
  onAny(handler: (name: string, payload: unknown) => void) {
    this.any = handler;
  }
  timeout() {
    return {
      emitWithAck: (_name: string, since: unknown) => {
        this.asked.push(since);
        return Promise.resolve(this.answers.shift());
      },
    };
  }
  fire(name: string, argument?: unknown) {
    this.handlers.get(name)?.(argument);
  }
  event(seq: number) {
    this.any('NEW_MESSAGE', { seq });
  }
  removeAllListeners() {
    this.handlers.clear();
  }
  offAny() {
    this.any = () => undefined;
  }
  disconnect() {
    this.connected = false;
  }
}

function opened(answers: unknown[]) {
  const socket = new FakeSocket();
  socket.answers = answers;
  const steps: { reset: boolean; seqs: number[] }[] = [];
  const listener = {
    onStep: vi.fn(({ reset, events }: Parameters<Parameters<typeof connect>[0]['onStep']>[0]) =>
      steps.push({ reset, seqs: events.map(({ payload }) => payload.seq) }),
    ),
    onLive: vi.fn(),
    onEnded: vi.fn(),
  };
  const close = connect(listener, () => socket as unknown as Socket);
  return { socket, steps, listener, close };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('the live connection', () => {
  it('asks from nothing, holds what comes meanwhile, then goes on from where it was', async () => {
    const { socket, steps } = opened([{ reset: true, seq: 5 }, { events: [{ name: 'X', payload: { seq: 7 } }], seq: 7 }]);
    socket.fire('connect');
    socket.event(6);
    await settle();
    socket.fire('disconnect', 'transport close');
    socket.fire('connect');
    socket.event(7);
    await settle();
    expect(socket.asked).toEqual([null, 6]);
    expect(steps).toEqual([
      { reset: true, seqs: [6] },
      { reset: false, seqs: [7] },
    ]);
  });

  it('asks again where catch_up could not be answered', async () => {
    const { socket, listener } = opened([{ error: 'unavailable' }, { reset: true, seq: 1 }]);
    socket.fire('connect');
    await settle();
    expect(listener.onLive).not.toHaveBeenCalledWith(true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(listener.onLive).toHaveBeenLastCalledWith(true);
  });

  it('ends with the session, and not with the network', () => {
    const { socket, listener } = opened([]);
    socket.fire('disconnect', 'transport close');
    expect(listener.onEnded).not.toHaveBeenCalled();
    socket.fire('disconnect', 'io server disconnect');
    expect(listener.onEnded).toHaveBeenCalledTimes(1);
  });

  it('ends where the server does not know the session', () => {
    const { socket, listener } = opened([]);
    socket.fire('connect_error', new Error('unauthorized'));
    expect(listener.onEnded).toHaveBeenCalledTimes(1);
  });

  it('applies nothing once it is closed', async () => {
    const { socket, listener, close } = opened([{ reset: true, seq: 1 }]);
    socket.fire('connect');
    close();
    await settle();
    socket.event(2);
    expect(listener.onStep).not.toHaveBeenCalled();
  });
});

describe('what the banner says', () => {
  it('is nothing for 3 s, then that it reconnects, after 10 s that it is offline', () => {
    const state = new ConnectionState();
    state.setLive(false);
    vi.advanceTimersByTime(RECONNECTING_MS - 1);
    expect(state.read()).toBe('live');
    vi.advanceTimersByTime(1);
    state.setLive(false);
    expect(state.read()).toBe('reconnecting');
    vi.advanceTimersByTime(OFFLINE_MS - RECONNECTING_MS);
    expect(state.read()).toBe('offline');
    state.setLive(true);
    expect(state.read()).toBe('live');
  });
});
