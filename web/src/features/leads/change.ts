/** An edit of a lead: shown at once, rolled back where refused, and undone by sending what was there. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { patchRow, type Pages } from '@/lib/query/pages';
import { changeLead, leadKeys, type Lead, type LeadChange } from './queries';

export function useChangeLead(lead: Lead): (change: LeadChange) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const show = (fields: Partial<Lead>) => {
    cache.setQueryData<Lead>(leadKeys.one(lead.id), (known) => known && { ...known, ...fields });
    cache.setQueriesData<Pages<Lead>>(
      { queryKey: leadKeys.lists },
      (pages) => pages && patchRow(pages, lead.id, (row) => ({ ...row, ...fields })),
    );
  };
  const changing = useMutation({
    mutationFn: ({ change }: { readonly change: LeadChange; readonly undoing: boolean }) => changeLead(lead.id, change),
    onMutate: ({ change }) => {
      const before = Object.fromEntries(Object.keys(change).map((name) => [name, lead[name as keyof Lead]]));
      show(change as Partial<Lead>);
      return before;
    },
    onError: (error, _change, before) => {
      if (before) show(before);
      toastProblem(error);
    },
    onSuccess: (saved, { undoing }, before) => {
      show(saved);
      if (!undoing) toast(t('saved'), () => changing.mutate({ change: before, undoing: true }));
    },
  });
  return (change) => changing.mutate({ change, undoing: false });
}
