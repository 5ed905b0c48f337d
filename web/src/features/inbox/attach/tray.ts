/**
 * The files that wait to be sent, by conversation: kept in memory when another one is opened, gone with the logout.
 * They leave one after the other; what is refused stays with its reason, and is tried again under its own key.
 */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { meQuery } from '@/lib/session/session';
import { readyToSend } from './rewriting';
import { kindOf, MOST_AT_ONCE, refusalOf, refusalOfCode, type FileKind, type Refusal } from './rules';
import { upload } from './upload';

export interface Item {
  readonly key: string;
  readonly file: File;
  readonly kind: FileKind | null;
  /** Where the browser finds it for the preview. */
  readonly address: string;
  readonly caption: string;
  /** How much of it is up, from 0 to 1; null while it waits. */
  readonly progress: number | null;
  /** What WhatsApp does not take: no other try helps. */
  readonly refusal: Refusal | null;
  /** Why it was not taken in this time. */
  readonly problem: string | null;
}

export type OnStored = (message: Schemas['MessageView']) => void;

const NOTHING: readonly Item[] = [];

export class Trays {
  private readonly kept = new Map<number, readonly Item[]>();
  private readonly listeners = new Set<() => void>();
  private readonly sending = new Set<number>();

  readonly read = (id: number): readonly Item[] => this.kept.get(id) ?? NOTHING;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Put files in the tray; how many found no place. */
  async add(id: number, files: readonly File[]): Promise<number> {
    const room = Math.max(0, MOST_AT_ONCE - this.read(id).length);
    const ready = await Promise.all(files.slice(0, room).map(readyToSend));
    this.write(id, [...this.read(id), ...ready.map(itemOf)].slice(0, MOST_AT_ONCE));
    return Math.max(0, files.length - room);
  }

  caption(id: number, key: string, caption: string): void {
    // Under a key that may have been taken in already, other words would be another message.
    this.change(id, key, (item) => ({ caption, ...(item.problem !== null && { key: crypto.randomUUID(), problem: null }) }));
  }

  remove(id: number, key: string): void {
    const gone = this.read(id).find((item) => item.key === key);
    if (gone) URL.revokeObjectURL(gone.address);
    this.write(id, this.read(id).filter((item) => item.key !== key));
  }

  /** Send what waits, in its order; one that is refused does not hold up the others. */
  async send(id: number, onStored: OnStored): Promise<void> {
    if (this.sending.has(id)) return;
    this.sending.add(id);
    try {
      for (const { key, refusal } of this.read(id)) if (refusal === null) await this.sendOne(id, key, onStored);
    } finally {
      this.sending.delete(id);
    }
  }

  clear(): void {
    for (const items of this.kept.values()) for (const { address } of items) URL.revokeObjectURL(address);
    this.kept.clear();
  }

  private async sendOne(id: number, key: string, onStored: OnStored): Promise<void> {
    const item = this.read(id).find((one) => one.key === key);
    if (!item) return; // taken out meanwhile
    this.change(id, key, () => ({ progress: 0, problem: null }));
    try {
      const caption = item.kind === 'audio' ? '' : item.caption.trim();
      onStored(await upload(id, { ...item, caption }, (progress) => this.change(id, key, () => ({ progress }))));
      this.remove(id, key);
    } catch (error) {
      const { code, members } = asProblem(error);
      this.change(id, key, () => ({ progress: null, problem: code, refusal: refusalOfCode(code, members['reason']) }));
    }
  }

  private change(id: number, key: string, how: (item: Item) => Partial<Item>): void {
    this.write(id, this.read(id).map((item) => (item.key === key ? { ...item, ...how(item) } : item)));
  }

  private write(id: number, items: readonly Item[]): void {
    this.kept.set(id, items);
    this.listeners.forEach((listener) => listener());
  }
}

function itemOf(file: File): Item {
  return {
    key: crypto.randomUUID(),
    file,
    kind: kindOf(file.type),
    address: URL.createObjectURL(file),
    caption: '',
    progress: null,
    refusal: refusalOf(file),
    problem: null,
  };
}

const stores = new WeakMap<QueryClient, Trays>();
const ME = JSON.stringify(meQuery.queryKey);

/** One for each cache; it forgets when who is logged in is forgotten. */
export function traysOf(cache: QueryClient): Trays {
  const known = stores.get(cache);
  if (known) return known;
  const made = new Trays();
  stores.set(cache, made);
  cache.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'removed' && query.queryHash === ME) made.clear();
  });
  return made;
}

export function useTray(id: number): readonly [readonly Item[], Trays] {
  const trays = traysOf(useQueryClient());
  return [useSyncExternalStore(trays.subscribe, () => trays.read(id)), trays];
}
