/** Tells of a notification at the moment it comes, for whoever says it aloud or rings; nothing is kept. */
import type { Notification } from './queries';

type Listener = (notification: Notification) => void;

const listeners = new Set<Listener>();

export function arrived(notification: Notification): void {
  listeners.forEach((listener) => listener(notification));
}

export function onArrival(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
