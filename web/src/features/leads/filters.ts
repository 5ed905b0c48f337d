/** What the lead list and the board are filtered by: in the address, as the API is asked, and as a lead is judged. */
import type { InterestName } from '@/components/Interest';
import type { Schemas } from '@/lib/api/client';

export type Lead = Schemas['LeadView'];
/** What the API is asked for; part of every query key. */
export type LeadQuery = Partial<Schemas['LeadFilters']>;
export type Owner = 'me' | 'nobody' | number;

export interface Filters {
  readonly q?: string;
  readonly stage?: string;
  readonly interest?: InterestName;
  readonly owner?: Owner;
  readonly source?: string;
}
export type FilterName = keyof Filters;

/** The list's address: its filters, and the lead that stands open beside it. */
export interface LeadSearch extends Filters {
  readonly lead?: number;
}

export const FILTER_NAMES = ['q', 'stage', 'interest', 'owner', 'source'] as const satisfies readonly FilterName[];
export const INTERESTS = ['hot', 'warm', 'cold', 'not_interested'] as const satisfies readonly InterestName[];
export const SOURCES = ['whatsapp', 'ad', 'manual', 'import', 'form', 'webhook', 'meta'] as const;
const LONGEST = 100;

/** An address as somebody may have typed it. */
type Unchecked = { readonly [Name in keyof LeadSearch]?: unknown };

/** The filters of an address; whatever is none is left out. */
export function filtersOf(search: Unchecked): Filters {
  const word = (value: unknown) => {
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST ? text : undefined;
  };
  const key = (value: unknown) => (typeof value === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(value) ? value : undefined);
  return compact({
    q: word(search.q),
    stage: key(search.stage),
    interest: INTERESTS.find((known) => known === search.interest),
    owner: search.owner === 'me' || search.owner === 'nobody' ? search.owner : idOf(search.owner),
    source: key(search.source),
  });
}

export function searchOf(search: Unchecked): LeadSearch {
  const lead = idOf(search.lead);
  return { ...filtersOf(search), ...(lead !== undefined && { lead }) };
}

export function queryOf({ q, stage, interest, owner, source }: Filters, me: number): LeadQuery {
  const text = q?.trim();
  const id = owner === 'me' ? me : owner === 'nobody' ? undefined : owner;
  return {
    ...(text && { q: text }),
    ...(stage && { stage }),
    ...(interest && { interest }),
    ...(source && { source }),
    ...(id !== undefined && { owner_user_id: id }),
    ...(owner === 'nobody' && { unassigned: true }),
  };
}

/** A saved view's filters, in the words of the address. */
export function filtersOfQuery(query: LeadQuery, me: number): Filters {
  const { owner_user_id: owner } = query;
  return compact({
    q: query.q ?? undefined,
    stage: query.stage ?? undefined,
    interest: query.interest ?? undefined,
    owner: query.unassigned ? 'nobody' : owner === me ? 'me' : (owner ?? undefined),
    source: query.source ?? undefined,
  });
}

export function sameFilters(one: Filters, other: Filters): boolean {
  return FILTER_NAMES.every((name) => one[name] === other[name]);
}

export function isFiltered(filters: Filters): boolean {
  return FILTER_NAMES.some((name) => filters[name] !== undefined);
}

/** Whether a lead belongs into the list of a query: what the server's statement says, said here for live events. */
export function matches(lead: Lead, query: LeadQuery): boolean {
  return (
    (!query.stage || lead.stage_key === query.stage) &&
    (!query.interest || lead.interest === query.interest) &&
    (!query.source || lead.source === query.source) &&
    (query.owner_user_id === undefined || lead.owner_user_id === query.owner_user_id) &&
    (!query.unassigned || lead.owner_user_id === null) &&
    (!query.q || found(lead, query.q))
  );
}

const FEWEST_DIGITS = 3;

function found(lead: Lead, text: string): boolean {
  const wanted = folded(text);
  const digits = /^[\d\s+().-]+$/.test(text.trim()) ? text.replaceAll(/\D/g, '') : '';
  return (
    [lead.full_name, lead.company, lead.email].some((part) => part !== null && folded(part).includes(wanted)) ||
    (lead.username !== null && lead.username.toLowerCase().includes(wanted.replace(/^@+/, ''))) ||
    (digits.length >= FEWEST_DIGITS && lead.phone !== null && lead.phone.includes(digits))
  );
}

function folded(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
}

function idOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function compact(filters: { readonly [Name in FilterName]: Filters[Name] | undefined }): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}
