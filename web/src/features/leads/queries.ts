/** What the lead pages and the board read and change. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';
import type { Lead, LeadQuery } from './filters';

export type { Lead, LeadQuery };
export type LeadChange = Partial<Schemas['LeadBody']>;
export type NewLead = Partial<Schemas['NewLeadBody']>;
export type Happening = Schemas['HappeningView'];
export type Kind = Happening['kind'];
export type Summary = Schemas['PipelineSummaryView'];
export type View = Schemas['SavedViewView'];

/** As many as `POST /crm/leads/bulk` takes. */
export const MOST_AT_ONCE = 200;

export const leadKeys = {
  lists: ['leads'] as const,
  one: (id: number) => ['lead', id] as const,
  summaries: ['leadSummary'] as const,
  timeline: (id: number) => ['timeline', id] as const,
  standing: (id: number) => ['leadStanding', id] as const,
  files: (id: number) => ['leadFiles', id] as const,
  views: ['leadViews'] as const,
};

/** Live events keep the lists exact, and hundreds of pages must not be asked again for their age. */
export const leadsQuery = (query: LeadQuery, limit = 100) =>
  infiniteQueryOptions({
    queryKey: [...leadKeys.lists, query] as const,
    queryFn: async ({ pageParam, signal }) => {
      const asked = { ...query, cursor: pageParam, limit };
      return bodyOf(await api.GET('/crm/leads', { params: { query: asked }, signal }));
    },
    staleTime: Infinity,
    ...pageParams,
  });

export const summaryQuery = (query: LeadQuery) =>
  queryOptions({
    queryKey: [...leadKeys.summaries, query] as const,
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/pipeline/summary', { params: { query }, signal })),
  });

export const leadQuery = (id: number) =>
  queryOptions({
    queryKey: leadKeys.one(id),
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/crm/leads/{lead_id}', { params: { path: { lead_id: id } }, signal })),
  });

/** Of the wanted kinds; none: everything. */
export const timelineQuery = (id: number, kinds: readonly Kind[] = [], limit = 30) =>
  infiniteQueryOptions({
    queryKey: [...leadKeys.timeline(id), kinds, limit] as const,
    queryFn: async ({ pageParam, signal }) => {
      const query = { cursor: pageParam, limit, ...(kinds.length > 0 && { kind: [...kinds] }) };
      return bodyOf(await api.GET('/crm/leads/{lead_id}/timeline', { params: { path: { lead_id: id }, query }, signal }));
    },
    ...pageParams,
  });

export const viewsQuery = queryOptions({
  queryKey: leadKeys.views,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/views', { signal })).items,
  staleTime: 5 * 60_000,
});

/** What happens to many leads, all or none. */
export type BulkEdit = Partial<Omit<Schemas['BulkBody'], 'lead_ids'>>;
export type Bulk = Schemas['BulkView'];

export async function editLeads(ids: readonly number[], edit: BulkEdit): Promise<Bulk> {
  const body = { add_tag_ids: [], remove_tag_ids: [], ...edit, lead_ids: [...ids] };
  return bodyOf(await api.POST('/crm/leads/bulk', { body }));
}

export async function undoBulk(id: string): Promise<Schemas['BulkUndoneView']> {
  return bodyOf(await api.POST('/crm/leads/bulk/{bulk_id}/undo', { params: { path: { bulk_id: id } } }));
}

export async function createLead(body: NewLead): Promise<Lead> {
  return bodyOf(await api.POST('/crm/leads', { body: body as Schemas['NewLeadBody'] }));
}

export async function writeNote(lead: number, text: string, mentions: readonly number[]): Promise<void> {
  await api.POST('/crm/leads/{lead_id}/notes', { params: { path: { lead_id: lead } }, body: { text, mentions: [...mentions] } });
}

export const standingQuery = (id: number) =>
  queryOptions({
    queryKey: leadKeys.standing(id),
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/crm/leads/{lead_id}/standing', { params: { path: { lead_id: id } }, signal })),
  });

export const filesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: leadKeys.files(id),
    queryFn: async ({ pageParam, signal }) => {
      const params = { path: { lead_id: id }, query: { cursor: pageParam, limit: 50 } };
      return bodyOf(await api.GET('/crm/leads/{lead_id}/files', { params, signal }));
    },
    ...pageParams,
  });

/** Deleted softly, or brought back. */
export async function setDeleted(id: number, deleted: boolean): Promise<Lead> {
  const params = { path: { lead_id: id } };
  if (deleted) return bodyOf(await api.DELETE('/crm/leads/{lead_id}', { params }));
  return bodyOf(await api.POST('/crm/leads/{lead_id}/restore', { params }));
}

export async function setTag(id: number, tag: number, on: boolean): Promise<Lead> {
  const params = { path: { lead_id: id, tag_id: tag } };
  const path = '/crm/leads/{lead_id}/tags/{tag_id}';
  return bodyOf(on ? await api.PUT(path, { params }) : await api.DELETE(path, { params }));
}
