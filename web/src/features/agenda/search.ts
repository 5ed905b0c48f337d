/** What the address of the agenda says: the view, a day in it, whose agendas are hidden, and whom to book for. */

export const VIEWS = ['day', 'week', 'month'] as const;
export type View = (typeof VIEWS)[number];

export interface AgendaSearch {
  readonly view?: View;
  /** A day of the shown period, `YYYY-MM-DD` in the reader's zone; today where it is left out. */
  readonly date?: string;
  /** Sellers whose agenda is not shown. */
  readonly hide?: readonly number[];
  /** Opens the booking form for this lead. */
  readonly lead?: number;
}

export type AgendaSearchInput = Readonly<Partial<Record<keyof AgendaSearch, unknown>>>;

/** Whatever was typed into the address, as a search that can be shown; what makes no sense is left out. */
export function readSearch(raw: AgendaSearchInput): AgendaSearch {
  const view = VIEWS.find((known) => known === raw['view']);
  const date = isDay(raw['date']) ? raw['date'] : undefined;
  const hide = Array.isArray(raw['hide']) ? [...new Set(raw['hide'].filter(isId))] : [];
  const lead = isId(raw['lead']) ? raw['lead'] : undefined;
  return {
    ...(view && view !== 'week' && { view }),
    ...(date && { date }),
    ...(hide.length > 0 && { hide }),
    ...(lead && { lead }),
  };
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false;
  const moment = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(value);
}
