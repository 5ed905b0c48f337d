/** Single-key shortcuts (UI §3): by `event.key`, never while typing, and switched off for whoever wants (WCAG 2.1.4). */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** One key («t», «/», «Escape») or two in a row («g i»). */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
}

const SEQUENCE_MS = 1200;
const OFF = 'nexus.keys';

const known = new Map<symbol, Shortcut>();
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];
let first: { readonly key: string; readonly at: number } | null = null;

function publish(): void {
  snapshot = [...known.values()];
  listeners.forEach((listener) => listener());
}

export function useShortcut(keys: string, label: string, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const id = Symbol(keys);
    known.set(id, { keys, label, run: () => latest.current() });
    publish();
    return () => {
      known.delete(id);
      publish();
    };
  }, [keys, label, enabled]);
}

export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}

export function lettersEnabled(): boolean {
  try {
    return localStorage.getItem(OFF) !== 'off';
  } catch {
    return true;
  }
}

export function enableLetters(on: boolean): void {
  try {
    localStorage.setItem(OFF, on ? 'on' : 'off');
  } catch {
    // storage is switched off: letters stay on
  }
}

/** Handle one key press; returns whether a shortcut ran. The last one registered wins. */
export function press(event: KeyboardEvent, now: number = Date.now()): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return false;
  if (event.key.length === 1 && !lettersEnabled()) return false;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const pair = first && now - first.at < SEQUENCE_MS ? `${first.key} ${key}` : null;
  first = null;
  const found = (pair ? find(pair) : undefined) ?? find(key);
  if (found) {
    event.preventDefault();
    found.run();
    return true;
  }
  if ([...known.values()].some(({ keys }) => keys.startsWith(`${key} `))) first = { key, at: now };
  return false;
}

function find(keys: string): Shortcut | undefined {
  return [...known.values()].findLast((shortcut) => shortcut.keys === keys);
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"]') !== null;
}
