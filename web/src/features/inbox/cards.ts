/**
 * How a change of one conversation enters everything that was read of it: each list, and the conversation by itself.
 *
 * A list that the changed row has left loses it, one that it has come to gains it: nothing is asked anew for that.
 * Conversations that nobody here knows yet are read one by one, a burst of them at once with the lists.
 */
import type { QueryClient } from '@tanstack/react-query';
import { dropRow, patchRow, prependRow, rowsOf, type Pages } from '@/lib/query/pages';
import { soon } from '@/lib/query/soon';
import { meQuery } from '@/lib/session/session';
import { belongs } from './list/order';
import { inboxKeys, readConversation, type Conversation } from './queries';
import type { Wanted } from './search';

export type Change = (row: Conversation) => Conversation;
type List = Pages<Conversation>;

const MOST_READ_SINGLY = 8;

/** Change a conversation wherever it is known; false where it is nowhere. */
export function changeCard(cache: QueryClient, id: number, change: Change): boolean {
  const known = findCard(cache, id);
  if (!known) return false;
  enterCard(cache, change(known));
  return true;
}

/** A conversation as anything here knows it; the one read by itself counts first. */
export function findCard(cache: QueryClient, id: number): Conversation | undefined {
  return (
    cache.getQueryData<Conversation>(inboxKeys.one(id)) ??
    listsOf(cache).flatMap(({ pages }) => rowsOf(pages)).find((row) => row.id === id)
  );
}

export function cardsOfLead(cache: QueryClient, leadId: number): readonly Conversation[] {
  const singles = cache.getQueriesData<Conversation>({ queryKey: ['conversation'] }).map(([, row]) => row);
  const all = [...listsOf(cache).flatMap(({ pages }) => rowsOf(pages)), ...singles];
  return [...new Map(all.flatMap((row) => (row?.lead_id === leadId ? [[row.id, row] as const] : []))).values()];
}

/** Put a conversation as it is now into everything that was read. */
export function enterCard(cache: QueryClient, row: Conversation): void {
  const me = cache.getQueryData(meQuery.queryKey);
  cache.setQueryData<Conversation>(inboxKeys.one(row.id), (known) => known && row);
  for (const { wanted, key, pages } of listsOf(cache)) {
    const listed = rowsOf(pages).some(({ id }) => id === row.id);
    if (!belongs(row, wanted, me)) cache.setQueryData(key, dropRow(pages, row.id));
    else if (listed) cache.setQueryData(key, patchRow(pages, row.id, () => row));
    else if (wanted.q === '') cache.setQueryData(key, prependRow(pages, row));
    else soon(cache, key);
  }
}

/** A conversation is out of reach: nothing of it stays. */
export function dropCard(cache: QueryClient, id: number): void {
  for (const { key, pages } of listsOf(cache)) cache.setQueryData(key, dropRow(pages, id));
  // One that is open is asked for once more, and says that it is gone.
  void cache.invalidateQueries({ queryKey: inboxKeys.one(id) });
  cache.removeQueries({ queryKey: inboxKeys.messages(id), type: 'inactive' });
}

const wantedIds = new WeakMap<QueryClient, Set<number>>();

/** Read a conversation that is not known, or not known well enough; many at once are one reading of the lists. */
export function learnCard(cache: QueryClient, id: number): void {
  const waiting = wantedIds.get(cache) ?? new Set<number>();
  wantedIds.set(cache, waiting.add(id));
  soon(cache, ['learn'], () => {
    const ids = [...waiting];
    waiting.clear();
    if (ids.length > MOST_READ_SINGLY) void cache.invalidateQueries({ queryKey: inboxKeys.lists });
    else for (const one of ids) void readConversation(one).then((row) => enterCard(cache, row), () => undefined);
  });
}

function listsOf(cache: QueryClient): readonly { wanted: Wanted; key: readonly unknown[]; pages: List }[] {
  return cache
    .getQueriesData<List>({ queryKey: inboxKeys.lists })
    .flatMap(([key, pages]) => (pages ? [{ wanted: key[1] as Wanted, key, pages }] : []));
}
