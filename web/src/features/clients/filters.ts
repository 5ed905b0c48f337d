/** Which clients are shown, in the words of the address, and whether one of them belongs there. */
import type { Schemas } from '@/lib/api/client';

export type Client = Schemas['ClientView'];

export interface Filters {
  readonly q?: string;
  readonly owner?: 'me' | 'nobody' | number;
  readonly deleted?: true;
}

export interface ClientQuery {
  readonly q?: string;
  readonly owner_user_id?: number;
  readonly unassigned?: true;
  readonly deleted?: true;
}

export interface FiltersInput {
  readonly q?: unknown;
  readonly owner?: unknown;
  readonly deleted?: unknown;
}

/** What an address says, as far as it makes sense. */
export function filtersOf({ q, owner, deleted }: FiltersInput): Filters {
  const text = typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 100) : '';
  const whose = owner === 'me' || owner === 'nobody' || (typeof owner === 'number' && Number.isSafeInteger(owner) && owner > 0);
  return {
    ...(text && { q: text }),
    ...(whose && { owner }),
    ...((deleted === true || deleted === 'true') && { deleted: true as const }),
  };
}

export function queryOf({ q, owner, deleted }: Filters, me: number): ClientQuery {
  const id = owner === 'me' ? me : typeof owner === 'number' ? owner : undefined;
  return {
    ...(q && { q }),
    ...(id !== undefined && { owner_user_id: id }),
    ...(owner === 'nobody' && { unassigned: true as const }),
    ...(deleted && { deleted }),
  };
}

/** Where the same clients are handed out as a file. */
export function exportAddress(filters: Filters, me: number, language: string): string {
  const asked = Object.entries(queryOf(filters, me)).map(([name, value]): [string, string] => [name, String(value)]);
  return `/crm/clients/export.csv?${new URLSearchParams([...asked, ['language', language]]).toString()}`;
}

export function isFiltered({ q, owner, deleted }: Filters): boolean {
  return Boolean(q) || owner !== undefined || deleted === true;
}

/** What the server's statement says, said here for live events. */
export function matches(client: Client, query: ClientQuery): boolean {
  return (
    (client.deleted_at !== null) === (query.deleted === true) &&
    (query.owner_user_id === undefined || client.owner_user_id === query.owner_user_id) &&
    (!query.unassigned || client.owner_user_id === null) &&
    (!query.q || found(client, query.q))
  );
}

function found(client: Client, text: string): boolean {
  const wanted = folded(text);
  const digits = /^[\d\s+().-]{3,}$/.test(text) ? text.replaceAll(/\D/g, '') : '';
  return (
    [client.full_name, client.company, client.email].some((part) => part !== null && folded(part).includes(wanted)) ||
    (digits !== '' && client.phone !== null && client.phone.includes(digits))
  );
}

function folded(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
}
