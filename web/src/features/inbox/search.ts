/** What the inbox's address says: which conversations are wanted. Defaults stay out of it. */
export const FILTERS = ['human', 'mine', 'unassigned', 'all'] as const;
export type Filter = (typeof FILTERS)[number];

export interface InboxSearch {
  readonly filter?: Filter;
  readonly closed?: boolean;
  readonly q?: string;
}

export interface Wanted {
  readonly filter: Filter;
  readonly closed: boolean;
  /** Part of a name or of a phone number; empty: everybody. */
  readonly q: string;
}

const LONGEST_Q = 100;

export function parseSearch(raw: Readonly<Record<string, unknown>>): InboxSearch {
  const text = typeof raw['q'] === 'number' ? String(raw['q']) : raw['q'];
  const q = typeof text === 'string' ? text : '';
  return searchOf({
    filter: FILTERS.find((known) => known === raw['filter']) ?? 'all',
    closed: raw['closed'] === true,
    q: q.slice(0, LONGEST_Q),
  });
}

export function wantedOf({ filter = 'all', closed = false, q = '' }: InboxSearch): Wanted {
  return { filter, closed, q };
}

export function searchOf({ filter, closed, q }: Wanted): InboxSearch {
  return { ...(filter !== 'all' && { filter }), ...(closed ? { closed } : {}), ...(q !== '' && { q }) };
}
