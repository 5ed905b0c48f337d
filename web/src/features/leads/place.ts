/** Puts leads as they are now into everything that was read: rows change, leave and come where they belong. */
import type { QueryClient } from '@tanstack/react-query';
import { dropRow, rowsOf, type Page, type Pages } from '@/lib/query/pages';
import { matches, type Lead, type LeadQuery } from './filters';
import { leadKeys, type Summary } from './queries';
import { shifted } from './summary';

/** The pages with these leads as they are now. Lists run from the newest to the oldest; what lies beyond is not loaded. */
export function placeRows(pages: Pages<Lead>, leads: ReadonlyMap<number, Lead>, query: LeadQuery): Pages<Lead> {
  const missing = new Map([...leads].filter(([, lead]) => matches(lead, query)));
  const held = pages.pages.map((page) => {
    if (!page.items.some((row) => leads.has(row.id))) return page;
    const items = page.items.flatMap((row) => {
      const now = leads.get(row.id);
      if (!now) return [row];
      missing.delete(row.id);
      return matches(now, query, true) ? [now] : [];
    });
    return { ...page, items };
  });
  const placed = [...missing.values()].reduce((known, lead) => withRow(known, lead), held);
  return placed.every((page, index) => page === pages.pages[index]) ? pages : { ...pages, pages: placed };
}

function withRow(pages: Page<Lead>[], lead: Lead): Page<Lead>[] {
  const older = pages.findIndex(({ items }) => (items.at(-1)?.id ?? Infinity) < lead.id);
  const end = pages.length - 1;
  if (older < 0 && pages[end]?.next_cursor !== null) return pages;
  return pages.map((page, index) => {
    if (index !== (older < 0 ? end : older)) return page;
    const at = page.items.findIndex((row) => row.id < lead.id);
    return { ...page, items: page.items.toSpliced(at < 0 ? page.items.length : at, 0, lead) };
  });
}

/** Show leads as they are now, everywhere at once. */
export function placeLeads(cache: QueryClient, leads: readonly Lead[]): void {
  const now = new Map(leads.map((lead) => [lead.id, lead]));
  const before = knownLeads(cache, now);
  for (const [key, pages] of cache.getQueriesData<Pages<Lead>>({ queryKey: leadKeys.lists })) {
    if (pages) cache.setQueryData(key, placeRows(pages, now, key[1] as LeadQuery));
  }
  for (const [key, summary] of cache.getQueriesData<Summary>({ queryKey: leadKeys.summaries })) {
    const moved = (sum: Summary, lead: Lead) => shifted(sum, before.get(lead.id), lead, key[1] as LeadQuery);
    if (summary) cache.setQueryData(key, leads.reduce(moved, summary));
  }
  for (const lead of leads) cache.setQueryData<Lead>(leadKeys.one(lead.id), (known) => known && lead);
}

/** A lead that is gone, or out of one's sight. */
export function dropLead(cache: QueryClient, id: number): void {
  cache.setQueriesData<Pages<Lead>>({ queryKey: leadKeys.lists }, (pages) => pages && dropRow(pages, id));
  cache.removeQueries({ queryKey: leadKeys.one(id) });
  cache.removeQueries({ queryKey: leadKeys.timeline(id) });
}

function knownLeads(cache: QueryClient, wanted: ReadonlyMap<number, Lead>): Map<number, Lead> {
  const found = new Map<number, Lead>();
  for (const [, pages] of cache.getQueriesData<Pages<Lead>>({ queryKey: leadKeys.lists })) {
    for (const row of rowsOf(pages)) if (wanted.has(row.id)) found.set(row.id, row);
  }
  for (const id of wanted.keys()) {
    const lead = cache.getQueryData<Lead>(leadKeys.one(id));
    if (lead) found.set(id, lead);
  }
  return found;
}
