/** Saved views: those that every list has, and one's own, kept, renamed and forgotten with a way back. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { useMe } from '@/lib/session/session';
import { queryOf, type Filters } from './filters';
import { leadKeys, viewsQuery, type View } from './queries';

/** What every list begins with. */
export const BUILT_IN = [
  { key: 'all', filters: {} },
  { key: 'mine', filters: { owner: 'me' } },
  { key: 'hot', filters: { interest: 'hot', owner: 'nobody' } },
] as const satisfies readonly { readonly key: string; readonly filters: Filters }[];

const NONE: readonly View[] = [];

export interface Views {
  readonly views: readonly View[];
  readonly keep: (name: string, filters: Filters) => void;
  readonly rename: (view: View, name: string) => void;
  readonly forget: (view: View) => void;
}

export function useViews(): Views {
  const { t } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const views = useQuery(viewsQuery).data ?? NONE;
  const show = (change: (known: readonly View[]) => readonly View[]) =>
    cache.setQueryData<readonly View[]>(leadKeys.views, (known) => change(known ?? []));
  const failed = (error: unknown) => {
    toastProblem(error);
    void cache.invalidateQueries({ queryKey: leadKeys.views });
  };
  const keeping = useMutation({
    mutationFn: async (body: Pick<View, 'name' | 'filters'>) => bodyOf(await api.POST('/crm/views', { body })),
    onError: failed,
    onSuccess: (view) => show((known) => [...known, view]),
  });
  const renaming = useMutation({
    mutationFn: async ({ view, name }: { readonly view: View; readonly name: string }) =>
      bodyOf(await api.PATCH('/crm/views/{view_id}', { params: { path: { view_id: view.id } }, body: { name } })),
    onMutate: ({ view, name }) => show((known) => known.map((each) => (each.id === view.id ? { ...each, name } : each))),
    onError: failed,
  });
  const forgetting = useMutation({
    mutationFn: async (view: View) => api.DELETE('/crm/views/{view_id}', { params: { path: { view_id: view.id } } }),
    onMutate: (view) => show((known) => known.filter(({ id }) => id !== view.id)),
    onError: failed,
    onSuccess: (_answer, { name, filters }) => toast(t('leads.views.forgotten', { name }), () => keeping.mutate({ name, filters })),
  });
  return {
    views,
    keep: (name, filters) => keeping.mutate({ name, filters: queryOf(filters, me.user.id) as Schemas['LeadFilters'] }),
    rename: (view, name) => renaming.mutate({ view, name }),
    forget: (view) => forgetting.mutate(view),
  };
}
