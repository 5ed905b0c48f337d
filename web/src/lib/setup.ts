/** Whether the steps towards going live are shown on Inicio: by themselves while some are open, put away, or asked for. */
import { useSyncExternalStore } from 'react';

export type Shown = 'open' | 'away' | 'asked';

const KEY = 'nexus.setup';
const listeners = new Set<() => void>();
let asked = false;

function read(): Shown {
  if (asked) return 'asked';
  return localStorage.getItem(KEY) === 'away' ? 'away' : 'open';
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Out of sight in this browser, until somebody asks for them. */
export function putAway(): void {
  asked = false;
  localStorage.setItem(KEY, 'away');
  tell();
}

/** Back in sight, all done or not. */
export function bringBack(): void {
  asked = true;
  localStorage.removeItem(KEY);
  tell();
}

export function useSetup(): Shown {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
}
