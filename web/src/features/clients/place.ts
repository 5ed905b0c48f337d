/** Clients as they are now, put where they belong in everything that was read. */
import type { QueryClient } from '@tanstack/react-query';
import { dropRow, rowsOf, type Page, type Pages } from '@/lib/query/pages';
import { matches, type Client, type ClientQuery } from './filters';
import { clientKeys, type ClientRecord } from './queries';

/** The pages, newest first, with one client as it is now; what lies beyond the last page is not loaded. */
export function placed(pages: Pages<Client>, client: Client, query: ClientQuery): Pages<Client> {
  const known = rowsOf(pages).some(({ id }) => id === client.id);
  if (!matches(client, query)) return known ? dropRow(pages, client.id) : pages;
  if (known) {
    const now = (page: Page<Client>) => ({ ...page, items: page.items.map((row) => (row.id === client.id ? client : row)) });
    return { ...pages, pages: pages.pages.map(now) };
  }
  const end = pages.pages.length - 1;
  const older = pages.pages.findIndex(({ items }) => (items.at(-1)?.id ?? Infinity) < client.id);
  if (older < 0 && pages.pages[end]?.next_cursor !== null) return pages;
  const into = older < 0 ? end : older;
  const withIt = (page: Page<Client>, index: number) => {
    if (index !== into) return page;
    const place = page.items.findIndex((row) => row.id < client.id);
    return { ...page, items: page.items.toSpliced(place < 0 ? page.items.length : place, 0, client) };
  };
  return { ...pages, pages: pages.pages.map(withIt) };
}

export function placeClient(cache: QueryClient, client: Client): void {
  for (const [key, pages] of cache.getQueriesData<Pages<Client>>({ queryKey: clientKeys.lists })) {
    if (pages) cache.setQueryData(key, placed(pages, client, key[1] as ClientQuery));
  }
  cache.setQueryData<ClientRecord>(clientKeys.one(client.id), (known) => known && { ...known, ...client });
}

/** A client that is gone, or out of one's sight. */
export function dropClient(cache: QueryClient, id: number): void {
  cache.setQueriesData<Pages<Client>>({ queryKey: clientKeys.lists }, (pages) => pages && dropRow(pages, id));
  void cache.invalidateQueries({ queryKey: clientKeys.one(id) });
}
