/** What the card beside the thread reads: the lead, and of its timeline what is still to come. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { inboxKeys } from '@/features/inbox/queries';

export type Lead = Schemas['LeadView'];
export type Happening = Schemas['HappeningView'];

export const leadQuery = (id: number) =>
  queryOptions({
    queryKey: [...inboxKeys.lead(id), 'card'],
    queryFn: async ({ signal }) => bodyOf(await api.GET('/crm/leads/{lead_id}', { params: { path: { lead_id: id } }, signal })),
  });

/** Open tasks and coming meetings of a lead, as far as its latest hundred happenings tell. */
export const comingQuery = (id: number) =>
  queryOptions({
    queryKey: [...inboxKeys.lead(id), 'coming'],
    queryFn: async ({ signal }) => {
      const params = { path: { lead_id: id }, query: { limit: 100 } };
      return coming(bodyOf(await api.GET('/crm/leads/{lead_id}/timeline', { params, signal })).items);
    },
  });

export interface Coming {
  readonly meetings: readonly { readonly id: number; readonly startsAt: string; readonly title: string }[];
  readonly tasks: readonly { readonly id: number; readonly kind: string; readonly reason: string }[];
}

export function coming(happenings: readonly Happening[]): Coming {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const meetings = happenings
    .filter(({ kind, detail }) => kind === 'meeting' && detail['status'] === 'confirmed')
    .map(({ id, detail }) => ({ id, startsAt: text(detail['starts_at']), title: text(detail['title']) }))
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const tasks = happenings
    .filter(({ kind, detail }) => kind === 'task' && detail['status'] === 'open')
    .map(({ id, detail }) => ({ id, kind: text(detail['kind']), reason: text(detail['reason']) }));
  return { meetings, tasks };
}
