/** Making a tag where it is first needed. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toastProblem } from '@/components/toast';
import { api, bodyOf } from '@/lib/api/client';
import { tagsKey, type Tag } from '@/lib/records/tags';

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
