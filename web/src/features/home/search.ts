/** What the address of Inicio says: the period, and the figure whose rows stand open. Days are the company's. Pure. */
import type { operations } from '@/lib/api/schema';

type RowsAsked = NonNullable<operations['get_rows_crm_reports_rows_get']['parameters']['query']>;
export type FigureName = RowsAsked['figure'];

export const SPANS = [7, 30, 90] as const;
export type Span = (typeof SPANS)[number];
export const FIGURES = [
  'leads', 'reached', 'won', 'lost', 'agent_replies', 'person_replies', 'bookings', 'shown', 'missed', 'met', 'met_won', 'revenue',
  'model_calls', 'stays',
] as const satisfies readonly FigureName[];

/** Which part of a figure; what is left out is all of it. */
export interface Part {
  readonly stage?: string;
  readonly source?: string;
  readonly reason?: string;
  readonly seller?: number;
  readonly currency?: string;
}

export interface HomeSearch extends Part {
  /** Days up to today; thirty where nothing is said. */
  readonly days?: Span;
  /** Both or none: a period of one's own. */
  readonly first?: string;
  readonly last?: string;
  readonly rows?: FigureName;
}

type Unchecked = { readonly [Name in keyof HomeSearch]?: unknown };

/** Whatever was typed into the address; what makes no sense is left out. */
export function homeSearch(search: Unchecked): HomeSearch {
  const days = SPANS.find((known) => known === search.days);
  const [first, last] = [dayOf(search.first), dayOf(search.last)];
  const rows = FIGURES.find((known) => known === search.rows);
  const key = (value: unknown) => (typeof value === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(value) ? value : undefined);
  const { seller, reason, currency } = search;
  const part = rows && {
    rows,
    stage: key(search.stage),
    source: key(search.source),
    reason: typeof reason === 'string' && reason.length <= 200 ? reason : undefined,
    seller: typeof seller === 'number' && Number.isSafeInteger(seller) && seller > 0 ? seller : undefined,
    currency: typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : undefined,
  };
  const whole = first && last && first <= last ? { first, last } : {};
  const found = { ...(days && days !== 30 && !whole.first && { days }), ...whole, ...part };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The period alone, as every link of the page keeps it. */
export function periodOf({ days, first, last }: HomeSearch): HomeSearch {
  return { ...(days && { days }), ...(first && last && { first, last }) };
}

/** The days to ask the server for; `today` is the company's. */
export function asked({ days, first, last }: HomeSearch, today: string): { readonly first?: string; readonly last?: string } {
  if (first && last) return { first, last };
  if (!days) return {};
  const start = new Date(`${today}T00:00:00Z`);
  start.setUTCDate(start.getUTCDate() - days + 1);
  return { first: start.toISOString().slice(0, 10), last: today };
}

/** Which day it is on the clock of a zone. */
export function todayIn(zone: string, now: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now);
}

function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value) ? value : undefined;
}
