/** The company's tags: what leads carry them by id, their names and colours come from here. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toastProblem } from '@/components/toast';
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

/** Make a tag; whoever made it goes on with it at once. */
export function useMakeTag(onMade: (tag: Tag) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (name: string) => bodyOf(await api.POST('/crm/tags', { body: { name, color: 'muted' } })),
    onError: toastProblem,
    onSuccess: (tag) => {
      cache.setQueryData<readonly Tag[]>(tagsKey, (known) => known && [...known, tag]);
      void cache.invalidateQueries({ queryKey: tagsKey });
      onMade(tag);
    },
  });
}
