/** What the inbox's address says: which conversations are wanted. Defaults stay out of it. */
export const FILTERS = ['human', 'mine', 'unassigned', 'all'] as const;
export type Filter = (typeof FILTERS)[number];

export interface InboxSearch {
  readonly filter?: Filter;
  readonly closed?: boolean;
  readonly q?: string;
  /** The turn that is looked into; 0 is the conversation's newest. */
  readonly turn?: number;
  /** The message at which the thread opens, found by a search. */
  readonly message?: number;
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
  const turn = raw['turn'];
  const message = raw['message'];
  return {
    ...searchOf({
      filter: FILTERS.find((known) => known === raw['filter']) ?? 'all',
      closed: raw['closed'] === true,
      q: q.slice(0, LONGEST_Q),
    }),
    ...(Number.isSafeInteger(turn) && Number(turn) >= 0 && { turn: Number(turn) }),
    ...(Number.isSafeInteger(message) && Number(message) > 0 && { message: Number(message) }),
  };
}

export function wantedOf({ filter = 'all', closed = false, q = '' }: InboxSearch): Wanted {
  return { filter, closed, q };
}

export function searchOf({ filter, closed, q }: Wanted): InboxSearch {
  return { ...(filter !== 'all' && { filter }), ...(closed ? { closed } : {}), ...(q !== '' && { q }) };
}

/** The address without a place in the thread: it belongs to one conversation. */
export function anywhere(search: InboxSearch): InboxSearch {
  const { turn } = search;
  return { ...searchOf(wantedOf(search)), ...(turn !== undefined && { turn }) };
}
