/** Imports: how they are read, begun from a file, and moved on. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, refusalOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';
import { importKeys } from './keys';

export type Import = Schemas['ImportView'];
export type WholeImport = Schemas['WholeImportView'];
export type ImportRow = Schemas['ImportRowView'];
export type Plan = Schemas['PlanBody'];
export type Options = Schemas['Options'];
export type Verb = 'run' | 'cancel' | 'undo';
/** Rows that were not taken in, or rows that could not be undone whole. */
export type Which = 'refused' | 'kept';

const WATCH_MS = 3000;
const MOVING: readonly Import['state'][] = ['checking', 'running', 'undoing'];

export const isMoving = ({ state }: Pick<Import, 'state'>): boolean => MOVING.includes(state);

export const importsQuery = infiniteQueryOptions({
  queryKey: importKeys.list,
  queryFn: async ({ signal, pageParam }) => {
    const query = { limit: 20, ...(pageParam && { cursor: pageParam }) };
    return bodyOf(await api.GET('/crm/imports', { params: { query }, signal }));
  },
  ...pageParams,
});

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: importKeys.one(id),
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/imports/{import_id}', { params: { path: { import_id: id } }, signal })),
    // Events tell of each step; without a connection the page asks by itself.
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? WATCH_MS : false),
  });

export const rowsQuery = (id: number, which: Which) =>
  infiniteQueryOptions({
    queryKey: importKeys.rows(id, which),
    queryFn: async ({ signal, pageParam }) => {
      const wanted: { verdict: ImportRow['verdict'][]; undone: NonNullable<ImportRow['undone']>[] } =
        which === 'refused' ? { verdict: ['bad', 'repeated'], undone: [] } : { verdict: ['create', 'change'], undone: ['kept', 'partly'] };
      const query = { limit: 50, ...wanted, ...(pageParam && { cursor: pageParam }) };
      return bodyOf(await api.GET('/crm/imports/{import_id}/rows', { params: { path: { import_id: id }, query }, signal }));
    },
    ...pageParams,
  });

export async function upload(file: File): Promise<WholeImport> {
  const address = '/crm/imports';
  const headers = {
    'X-Nexus-CSRF': '1',
    'Content-Type': 'text/csv',
    'X-File-Name': encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(file.name))),
  };
  const answer = await fetch(address, { method: 'POST', headers, body: file });
  if (!answer.ok) throw await refusalOf(address, answer);
  return (await answer.json()) as WholeImport;
}

export async function check(id: number, plan: Plan): Promise<Import> {
  return bodyOf(await api.POST('/crm/imports/{import_id}/check', { params: { path: { import_id: id } }, body: plan }));
}

export async function steer(id: number, verb: Verb): Promise<Import> {
  const params = { path: { import_id: id } };
  if (verb === 'run') return bodyOf(await api.POST('/crm/imports/{import_id}/run', { params }));
  if (verb === 'cancel') return bodyOf(await api.POST('/crm/imports/{import_id}/cancel', { params }));
  return bodyOf(await api.POST('/crm/imports/{import_id}/undo', { params }));
}

export const rowsAddress = (id: number, language: string): string => `/crm/imports/${id}/rows.csv?language=${language}`;
