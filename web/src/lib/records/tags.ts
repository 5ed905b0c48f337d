/** The company's tags: what leads carry them by id, their names and colours come from here. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type Tag = Schemas['TagView'];
export type TagColor = Tag['color'];

export const TAG_COLORS = ['muted', 'primary', 'ok', 'note', 'danger', 'cold', 'warm', 'hot'] as const satisfies readonly TagColor[];

export const tagsKey = ['tags'] as const;

export const tagsQuery = queryOptions({
  queryKey: tagsKey,
  queryFn: async ({ signal }): Promise<readonly Tag[]> => bodyOf(await api.GET('/crm/tags', { signal })).items,
  staleTime: 5 * 60_000,
});

const NONE: readonly Tag[] = [];

export function useTags(): readonly Tag[] {
  return useQuery(tagsQuery).data ?? NONE;
}
