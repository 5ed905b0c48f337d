/**
 * What stands in a conversation's box and was not sent: kept in memory, never in storage, gone with the logout.
 *
 * A store of its own: the cache tells of its changes later than the next key is pressed.
 */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { meQuery } from '@/lib/session/session';
import type { Kind } from './sending';

export interface Drafts {
  readonly kind: Kind;
  readonly message: string;
  readonly note: string;
}

const EMPTY: Drafts = { kind: 'message', message: '', note: '' };

export class DraftStore {
  private readonly kept = new Map<number, Drafts>();
  private readonly listeners = new Set<() => void>();

  readonly read = (id: number): Drafts => this.kept.get(id) ?? EMPTY;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  write(id: number, fields: Partial<Drafts>): void {
    this.kept.set(id, { ...this.read(id), ...fields });
    this.listeners.forEach((listener) => listener());
  }

  clear(): void {
    this.kept.clear();
  }
}

const stores = new WeakMap<QueryClient, DraftStore>();
const ME = JSON.stringify(meQuery.queryKey);

/** One for each cache; it forgets when who is logged in is forgotten. */
export function draftStore(cache: QueryClient): DraftStore {
  const known = stores.get(cache);
  if (known) return known;
  const made = new DraftStore();
  stores.set(cache, made);
  cache.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'removed' && query.queryHash === ME) made.clear();
  });
  return made;
}

export function useDrafts(id: number): [Drafts, (fields: Partial<Drafts>) => void] {
  const store = draftStore(useQueryClient());
  const drafts = useSyncExternalStore(store.subscribe, () => store.read(id));
  return [drafts, useCallback((fields) => store.write(id, fields), [store, id])];
}
