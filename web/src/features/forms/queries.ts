/** Where leads come from by themselves, what came, and what can be done with a source. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';

export type Source = Schemas['LeadSourceView'];
export type NewSource = Schemas['NewSourceBody'];
export type FormSettings = NonNullable<Source['form']>;
export type FormField = FormSettings['fields'][number];
export type Received = Schemas['ReceivedView'];
export type MadeSource = Schemas['SourceSecretView'];

/** Strangers fill these in while somebody looks. */
const AGAIN_MS = 10_000;

export const sourcesKey = ['lead-sources'] as const;

export const sourcesQuery = queryOptions({
  queryKey: sourcesKey,
  queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/lead-sources', { signal })).items,
  refetchInterval: AGAIN_MS,
});

export const receivedQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...sourcesKey, id, 'received'] as const,
    queryFn: async ({ pageParam, signal }) =>
      bodyOf(
        await api.GET('/admin/core/lead-sources/{source_id}/received', {
          params: { path: { source_id: id }, query: { cursor: pageParam, limit: 25 } },
          signal,
        }),
      ),
    ...pageParams,
  });

export type Question = Schemas['AdQuestionView'];

export const questionsQuery = (id: number) =>
  queryOptions({
    queryKey: [...sourcesKey, id, 'questions'] as const,
    queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/lead-sources/{source_id}/questions', { ...at(id), signal })).items,
  });

/** The company's numbers, by the key that their page reads them by. */
export const numbersQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => bodyOf(await api.GET('/admin/core/channels', { signal })),
  select: ({ items }) => items,
});

const at = (id: number) => ({ params: { path: { source_id: id } } });

export async function addSource(body: NewSource): Promise<MadeSource> {
  return bodyOf(await api.POST('/admin/core/lead-sources', { body }));
}

export async function changeSource(id: number, body: Schemas['SourceBody']): Promise<Source> {
  return bodyOf(await api.PATCH('/admin/core/lead-sources/{source_id}', { ...at(id), body }));
}

export async function rotateSecret(id: number): Promise<MadeSource> {
  return bodyOf(await api.POST('/admin/core/lead-sources/{source_id}/secret', at(id)));
}

/** What a company puts into its own page to show the form there. */
export function embedCode(source: Source): string {
  const title = source.name.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<iframe src="${source.url}" title="${title}" loading="lazy" style="width:100%;max-width:480px;height:720px;border:0"></iframe>`;
}
