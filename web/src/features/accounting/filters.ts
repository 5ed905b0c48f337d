/** What the ledger is filtered by: in the address, and as the API is asked. A month is one of the company's calendar. */
import type { operations } from '@/lib/api/schema';

export const KINDS = ['income', 'expense', 'refund', 'commission'] as const;
export const METHODS = ['cash', 'transfer', 'card', 'wallet', 'payment_link', 'check', 'other'] as const;
export const STATES = ['pending', 'paid', 'reversed'] as const;
export const TABS = ['ledger', 'sellers', 'rules'] as const;
export type Kind = (typeof KINDS)[number];
export type Method = (typeof METHODS)[number];
export type State = (typeof STATES)[number];
export type Tab = (typeof TABS)[number];

export interface Filters {
  /** `YYYY-MM`, or every month. */
  readonly month?: string;
  readonly kind?: Kind;
  readonly state?: State;
  readonly method?: Method;
  readonly currency?: string;
  readonly seller?: number;
  readonly lead?: number;
}

/** The page's address: its filters, the tab, and the line that stands open. */
export interface AccountingSearch extends Filters {
  readonly tab?: Tab;
  readonly line?: number;
}

export type LedgerQuery = NonNullable<operations['get_transactions_crm_transactions_get']['parameters']['query']>;

type Unchecked = { readonly [Name in keyof AccountingSearch]?: unknown };

export const EVERY_MONTH = 'all';

/** An address as somebody may have typed it; what is no filter is left out. */
export function searchOf(search: Unchecked): AccountingSearch {
  const found = {
    month: typeof search.month === 'string' && /^(all|20\d\d-(0[1-9]|1[0-2]))$/.test(search.month) ? search.month : undefined,
    kind: KINDS.find((known) => known === search.kind),
    state: STATES.find((known) => known === search.state),
    method: METHODS.find((known) => known === search.method),
    currency: typeof search.currency === 'string' && /^[A-Z]{3}$/.test(search.currency) ? search.currency : undefined,
    seller: idOf(search.seller),
    lead: idOf(search.lead),
    tab: TABS.find((known) => known === search.tab),
    line: idOf(search.line),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

export function monthOf(day: Date): string {
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}`;
}

export function monthsLater(month: string, by: number): string {
  const [year = 0, index = 1] = month.split('-').map(Number);
  return monthOf(new Date(year, index - 1 + by, 1));
}

/** As the API is asked; without a month in the address it is the present one. */
export function queryOf({ month, kind, state, method, currency, seller, lead }: Filters, now: Date): LedgerQuery {
  const shown = month ?? monthOf(now);
  return {
    ...(shown !== EVERY_MONTH && { from: `${shown}-01`, to: lastDay(shown) }),
    ...(kind && { kind }),
    ...(state && { state }),
    ...(method && { method }),
    ...(currency && { currency }),
    ...(seller !== undefined && { seller_id: seller }),
    ...(lead !== undefined && { lead_id: lead }),
  };
}

/** Whether more than the month keeps lines out. */
export function isFiltered({ kind, state, method, currency, seller, lead }: Filters): boolean {
  return [kind, state, method, currency, seller, lead].some((value) => value !== undefined);
}

/** Where the same lines are fetched as a file. */
export function csvAddress(query: LedgerQuery): string {
  const words = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return `/crm/transactions.csv${words.size > 0 ? `?${words.toString()}` : ''}`;
}

/** An amount as people write it, «1.234,50» or «1,234.50», in the API's own form; null where it is none. */
export function amountOf(text: string): string | null {
  const bare = text.replaceAll(/[\s\u00a0']/g, '');
  if (!/^\d[\d.,]*$/.test(bare)) return null;
  const last = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  const decimals = last >= 0 && bare.length - last <= 3 ? bare.slice(last + 1) : '';
  const whole = (decimals === '' ? bare : bare.slice(0, last)).replaceAll(/[.,]/g, '');
  const amount = decimals === '' ? whole : `${whole}.${decimals}`;
  return /^\d{1,12}(\.\d{1,2})?$/.test(amount) && Number(amount) > 0 ? amount : null;
}

function lastDay(month: string): string {
  const [year = 0, index = 1] = month.split('-').map(Number);
  return `${month}-${String(new Date(year, index, 0).getDate()).padStart(2, '0')}`;
}

function idOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
