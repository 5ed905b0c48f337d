/** Having looked, shown at once; put back where the server did not take it. */
import type { QueryClient } from '@tanstack/react-query';
import { toastProblem } from '@/components/toast';
import { api, bodyOf } from '@/lib/api/client';
import type { Pages } from '@/lib/query/pages';
import { bellKeys, type Notification, type Summary } from './queries';

type Looked = { readonly ids: number[] } | { readonly through_id: number };

export const readMutation = (cache: QueryClient) => ({
  mutationFn: async (looked: Looked) => bodyOf(await api.POST('/notifications/read', { body: { ids: [], ...looked } })),
  onMutate: async (looked: Looked) => {
    await cache.cancelQueries({ queryKey: ['notifications'] });
    const before = cache.getQueryData<Pages<Notification>>(bellKeys.list);
    const at = new Date().toISOString();
    const covers = ({ id }: Notification) => ('ids' in looked ? looked.ids.includes(id) : id <= looked.through_id);
    const seen = (row: Notification): Notification => (row.read_at === null && covers(row) ? { ...row, read_at: at } : row);
    cache.setQueryData<Pages<Notification>>(
      bellKeys.list,
      (pages) => pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(seen) })) },
    );
    return { before };
  },
  onSuccess: (summary: Summary) => cache.setQueryData(bellKeys.summary, summary),
  onError: (error: unknown, _: Looked, context?: { readonly before: Pages<Notification> | undefined }) => {
    cache.setQueryData(bellKeys.list, context?.before);
    toastProblem(error);
  },
});
