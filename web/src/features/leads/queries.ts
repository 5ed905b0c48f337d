/** What the lead pages read and change. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';

export type Lead = Schemas['LeadView'];
export type LeadChange = Partial<Schemas['LeadBody']>;

export const leadKeys = {
  lists: ['leads'] as const,
  one: (id: number) => ['lead', id] as const,
};

export const leadsQuery = (stage: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...leadKeys.lists, stage ?? null],
    queryFn: async ({ pageParam, signal }) => {
      const query = { cursor: pageParam, limit: 100, ...(stage && { stage }) };
      return bodyOf(await api.GET('/crm/leads', { params: { query }, signal }));
    },
    ...pageParams,
  });

export const leadQuery = (id: number) =>
  queryOptions({
    queryKey: leadKeys.one(id),
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/crm/leads/{lead_id}', { params: { path: { lead_id: id } }, signal })),
  });

export async function changeLead(id: number, body: LeadChange): Promise<Lead> {
  // What is left out stays as it is; the generated type lists the defaults as if they had to be sent.
  const sent = body as Schemas['LeadBody'];
  return bodyOf(await api.PATCH('/crm/leads/{lead_id}', { params: { path: { lead_id: id } }, body: sent }));
}
