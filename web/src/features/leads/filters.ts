/** What the lead list and the board are filtered by: in the address, as the API is asked, and as a lead is judged. */
import type { InterestName } from '@/components/Interest';
import type { Schemas } from '@/lib/api/client';

export { SOURCES } from '@/lib/leads/source';

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
  readonly campaign?: string;
  readonly tag?: number;
  /** A company's field and what it holds, `size=grande`. */
  readonly field?: string;
  readonly scoreMin?: number;
  readonly scoreMax?: number;
  /** Days, both included, in the reader's zone. */
  readonly createdFrom?: string;
  readonly createdTo?: string;
  readonly activeFrom?: string;
  readonly activeTo?: string;
  readonly task?: 'open' | 'none';
  readonly deleted?: true;
}
export type FilterName = keyof Filters;

/** The list's address: its filters, and the lead that stands open beside it. */
export interface LeadSearch extends Filters {
  readonly lead?: number;
}

export const FILTER_NAMES = ['q', 'stage', 'interest', 'owner', 'source', 'campaign', 'tag', 'field', 'scoreMin', 'scoreMax', 'createdFrom',
  'createdTo', 'activeFrom', 'activeTo', 'task', 'deleted'] as const satisfies readonly FilterName[];
/** Those that stand behind «more». */
export const MORE_FILTERS = ['campaign', 'tag', 'field', 'scoreMin', 'scoreMax', 'createdFrom', 'createdTo', 'activeFrom', 'activeTo', 'task',
  'deleted'] as const satisfies readonly FilterName[];
export const INTERESTS = ['hot', 'warm', 'cold', 'not_interested'] as const satisfies readonly InterestName[];
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
    campaign: word(search.campaign),
    tag: idOf(search.tag),
    field: typeof search.field === 'string' && /^[a-z][a-z0-9_]{0,39}=./.test(search.field) ? search.field : undefined,
    scoreMin: scoreOf(search.scoreMin),
    scoreMax: scoreOf(search.scoreMax),
    createdFrom: dayOf(search.createdFrom),
    createdTo: dayOf(search.createdTo),
    activeFrom: dayOf(search.activeFrom),
    activeTo: dayOf(search.activeTo),
    task: search.task === 'open' || search.task === 'none' ? search.task : undefined,
    deleted: search.deleted === true ? true : undefined,
  });
}

export function searchOf(search: Unchecked): LeadSearch {
  const lead = idOf(search.lead);
  return { ...filtersOf(search), ...(lead !== undefined && { lead }) };
}

export function queryOf(filters: Filters, me: number): LeadQuery {
  const { q, stage, interest, owner, source, campaign, tag, field, scoreMin, scoreMax, task, deleted } = filters;
  const cut = field?.indexOf('=') ?? -1;
  const text = q?.trim();
  const id = owner === 'me' ? me : owner === 'nobody' ? undefined : owner;
  return {
    ...(text && { q: text }),
    ...(stage && { stage }),
    ...(interest && { interest }),
    ...(source && { source }),
    ...(id !== undefined && { owner_user_id: id }),
    ...(owner === 'nobody' && { unassigned: true }),
    ...(campaign && { campaign }),
    ...(tag !== undefined && { tag_id: tag }),
    ...(field && { field: field.slice(0, cut), value: field.slice(cut + 1) }),
    ...(scoreMin !== undefined && { score_min: scoreMin }),
    ...(scoreMax !== undefined && { score_max: scoreMax }),
    ...(filters.createdFrom && { created_from: dayStart(filters.createdFrom) }),
    ...(filters.createdTo && { created_to: dayStart(filters.createdTo, 1) }),
    ...(filters.activeFrom && { active_from: dayStart(filters.activeFrom) }),
    ...(filters.activeTo && { active_to: dayStart(filters.activeTo, 1) }),
    ...(task && { open_task: task === 'open' }),
    ...(deleted && { deleted: true }),
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
    campaign: query.campaign ?? undefined,
    tag: query.tag_id ?? undefined,
    field: query.field && query.value ? `${query.field}=${query.value}` : undefined,
    scoreMin: query.score_min ?? undefined,
    scoreMax: query.score_max ?? undefined,
    createdFrom: dayAt(query.created_from),
    createdTo: dayAt(query.created_to, -1),
    activeFrom: dayAt(query.active_from),
    activeTo: dayAt(query.active_to, -1),
    task: query.open_task === true ? 'open' : query.open_task === false ? 'none' : undefined,
    deleted: query.deleted ? true : undefined,
  });
}

export function sameFilters(one: Filters, other: Filters): boolean {
  return FILTER_NAMES.every((name) => one[name] === other[name]);
}

export function isFiltered(filters: Filters): boolean {
  return FILTER_NAMES.some((name) => filters[name] !== undefined);
}

/** What only the server can judge: notes and tags are searched too, messages and tasks are not the lead's own. */
export function isServers(query: LeadQuery): boolean {
  return [query.q, query.open_task, query.active_from, query.active_to].some((asked) => asked !== undefined && asked !== null);
}

/**
 * Whether a lead belongs into the list of a query: what the server's statement says, said here for live events. What only
 * the server can judge leaves a lead that is `there` where it is, and lets others in by what they show.
 */
export function matches(lead: Lead, query: LeadQuery, there = false): boolean {
  const others = query.open_task ?? query.active_from ?? query.active_to;
  return (
    (lead.deleted_at !== null) === (query.deleted ?? false) &&
    (there || others === undefined || others === null) &&
    (!query.campaign || lead.campaign === query.campaign) &&
    (!query.tag_id || lead.tag_ids.includes(query.tag_id)) &&
    (!query.field || String(lead.custom[query.field] ?? '') === query.value) &&
    (lead.score ?? -1) >= (query.score_min ?? -1) &&
    (typeof query.score_max !== 'number' || (lead.score !== null && lead.score <= query.score_max)) &&
    (!query.created_from || Date.parse(lead.created_at) >= Date.parse(query.created_from)) &&
    (!query.created_to || Date.parse(lead.created_at) < Date.parse(query.created_to)) &&
    (!query.stage || lead.stage_key === query.stage) &&
    (!query.interest || lead.interest === query.interest) &&
    (!query.source || lead.source === query.source) &&
    (query.owner_user_id === undefined || lead.owner_user_id === query.owner_user_id) &&
    (!query.unassigned || lead.owner_user_id === null) &&
    (!query.q || there || found(lead, query.q))
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

/** Where the list under these filters is to be had as a file; its columns are named in the reader's language. */
export function exportAddress(filters: Filters, me: number, language: string): string {
  const asked = Object.entries(queryOf(filters, me)).map(([name, value]): [string, string] => [name, String(value)]);
  return `/crm/leads/export.csv?${new URLSearchParams([...asked, ['language', language]]).toString()}`;
}

function scoreOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100 ? value : undefined;
}

function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** The beginning of a day of the reader's, or of the one some days on. */
function dayStart(day: string, on = 0): string {
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + on);
  return start.toISOString();
}

function dayAt(at: string | null | undefined, on = 0): string | undefined {
  if (!at) return undefined;
  const day = new Date(at);
  day.setDate(day.getDate() + on);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
