/** What the banner says of the connection (UI §3): silent when live, a word after 3 s, the time of the data after 10. */
import { useSyncExternalStore } from 'react';

export type Connection = 'live' | 'reconnecting' | 'offline';

export const RECONNECTING_MS = 3000;
export const OFFLINE_MS = 10_000;

export class ConnectionState {
  private state: Connection = 'live';
  private readonly listeners = new Set<() => void>();
  private timers: ReturnType<typeof setTimeout>[] = [];
  /** When the data was last known to be current. */
  freshAt = Date.now();

  setLive(live: boolean): void {
    if (live) {
      this.stop();
      this.freshAt = Date.now();
      this.change('live');
    } else if (this.timers.length === 0) {
      this.freshAt = Date.now();
      this.timers = [
        setTimeout(() => this.change('reconnecting'), RECONNECTING_MS),
        setTimeout(() => this.change('offline'), OFFLINE_MS),
      ];
    }
  }

  stop(): void {
    this.timers.forEach(clearTimeout);
    this.timers = [];
  }

  readonly read = (): Connection => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private change(state: Connection): void {
    if (this.state === state) return;
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

export const connection = new ConnectionState();

export function useConnection(): Connection {
  return useSyncExternalStore(connection.subscribe, connection.read);
}
