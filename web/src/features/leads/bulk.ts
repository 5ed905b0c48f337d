/** Edits of many leads: one call, all or none, undone by its number; what somebody changed since stays and is told. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notify, toast, toastProblem } from '@/components/toast';
import { tasksKey } from '@/lib/records/tasks';
import { edited } from './changes';
import { placeLeads } from './place';
import { editLeads, undoBulk, type BulkEdit, type Lead } from './queries';

interface Act {
  readonly leads: readonly Lead[];
  readonly edit: BulkEdit;
  readonly said: string;
}

export type EditMany = (leads: readonly Lead[], edit: BulkEdit, said: string) => void;

export function useBulk(): EditMany {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const undoing = useMutation({
    mutationFn: undoBulk,
    onError: toastProblem,
    onSuccess: ({ items, refused }) => {
      placeLeads(cache, items);
      if (refused.length > 0) notify(t('leads.notUndone', { count: refused.length }));
      void cache.invalidateQueries({ queryKey: tasksKey });
    },
  });
  const acting = useMutation({
    mutationFn: async ({ leads, edit }: Act) => editLeads(leads.map(({ id }) => id), edit),
    onMutate: ({ leads, edit }) => {
      const now = new Date().toISOString();
      placeLeads(cache, leads.map((lead) => edited(lead, edit, now)));
    },
    onError: (error, { leads }) => {
      placeLeads(cache, leads);
      toastProblem(error);
    },
    onSuccess: ({ bulk_id: id, items }, { said, edit }) => {
      placeLeads(cache, items);
      if (edit.task) void cache.invalidateQueries({ queryKey: tasksKey });
      toast(said, id === null ? undefined : () => undoing.mutate(id));
    },
  });
  return (leads, edit, said) => acting.mutate({ leads, edit, said });
}
