/** The one Socket.IO connection: events in order and once, the state for the banner, the end of a session. */
import { io, type Socket } from 'socket.io-client';
import { asAnswer, isLiveEvent, Sequence, type LiveEvent, type Step } from './sequence';

const ANSWER_MS = 5000;
const AGAIN_MS = 2000;

export interface Listener {
  readonly onStep: (step: Step) => void;
  readonly onLive: (live: boolean) => void;
  /** The server ended it: the session is over or no longer what it was. */
  readonly onEnded: () => void;
}

/** Open the connection; returns how to close it. `open` is another socket in tests. */
export function connect(listener: Listener, open: () => Socket = openSocket): () => void {
  const socket = open();
  const sequence = new Sequence();
  let again: ReturnType<typeof setTimeout> | undefined;

  const catchUp = async () => {
    const connection = socket.id;
    const raw: unknown = await socket.timeout(ANSWER_MS).emitWithAck('catch_up', sequence.last).catch(() => null);
    if (!socket.connected || socket.id !== connection) return; // the next connection asks for itself
    const answer = asAnswer(raw);
    if (!answer) {
      again = setTimeout(() => void catchUp(), AGAIN_MS);
      return;
    }
    listener.onStep(sequence.caughtUp(answer));
    listener.onLive(true);
  };

  socket.on('connect', () => {
    clearTimeout(again);
    sequence.hold();
    void catchUp();
  });
  socket.onAny((name: string, payload: unknown) => {
    const event = { name, payload };
    if (!isLiveEvent(event)) return;
    const events: readonly LiveEvent[] = sequence.receive(event);
    if (events.length > 0) listener.onStep({ reset: false, events });
  });
  socket.on('disconnect', (reason) => {
    clearTimeout(again);
    listener.onLive(false);
    if (reason === 'io server disconnect') listener.onEnded();
  });
  socket.on('connect_error', (error) => {
    listener.onLive(false);
    if (error.message === 'unauthorized') listener.onEnded();
    else if (!socket.active) again = setTimeout(() => socket.connect(), AGAIN_MS); // refused for now, not for good
  });
  return () => {
    clearTimeout(again);
    socket.removeAllListeners();
    socket.offAny();
    socket.disconnect();
  };
}

function openSocket(): Socket {
  return io({ path: '/socket.io', transports: ['websocket'], reconnectionDelay: 500, reconnectionDelayMax: 5000 });
}
