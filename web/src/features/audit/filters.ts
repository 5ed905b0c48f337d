/** What the audit log is filtered by: in the address, and as the API is asked. Days are the reader's own. */
import type { operations } from '@/lib/api/schema';

export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Filters {
  readonly user?: number;
  readonly action?: string;
  readonly severity?: Severity;
  /** First and last day, `YYYY-MM-DD`; both count. */
  readonly since?: string;
  readonly until?: string;
}

/** The page's address: its filters, and the line that stands open. */
export interface AuditSearch extends Filters {
  readonly line?: number;
}

export type AuditQuery = NonNullable<operations['get_audit_csv_admin_core_audit_logs_csv_get']['parameters']['query']>;

type Unchecked = { readonly [Name in keyof AuditSearch]?: unknown };

/** An address as somebody may have typed it; what is no filter is left out. */
export function searchOf(search: Unchecked): AuditSearch {
  const found = {
    user: idOf(search.user),
    action: typeof search.action === 'string' && /^[a-z_.]{1,100}$/.test(search.action) ? search.action : undefined,
    severity: SEVERITIES.find((known) => known === search.severity),
    since: dayOf(search.since),
    until: dayOf(search.until),
    line: idOf(search.line),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

export function queryOf({ user, action, severity, since, until }: Filters): AuditQuery {
  return {
    ...(user !== undefined && { user_id: user }),
    ...(action && { action }),
    ...(severity && { severity }),
    ...(since && { since: startOf(since, 0) }),
    ...(until && { until: startOf(until, 1) }),
  };
}

export function isFiltered(filters: Filters): boolean {
  return Object.keys(queryOf(filters)).length > 0;
}

/** Where the same lines are fetched as a file. */
export function csvAddress(filters: Filters): string {
  const query = new URLSearchParams(Object.entries(queryOf(filters)).map(([name, value]) => [name, String(value)]));
  return `/admin/core/audit/logs.csv${query.size > 0 ? `?${query.toString()}` : ''}`;
}

/** When a day of the reader's begins, some days later. */
function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

function idOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
