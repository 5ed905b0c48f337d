/** Deleting a lead: gone at once, with a way back; its page goes to the list. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { placeLeads } from '@/features/leads/place';
import { leadKeys, setDeleted, type Lead } from '@/features/leads/queries';
import { leadName } from '@/lib/leads/name';

export function useDelete(): (lead: Lead, onGone: () => void) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const told = (lead: Lead) => {
    placeLeads(cache, [lead]);
    void cache.invalidateQueries({ queryKey: leadKeys.summaries });
  };
  const restoring = useMutation({ mutationFn: (lead: Lead) => setDeleted(lead.id, false), onSuccess: told, onError: toastProblem });
  const deleting = useMutation({
    mutationFn: (lead: Lead) => setDeleted(lead.id, true),
    onMutate: (lead) => placeLeads(cache, [{ ...lead, deleted_at: new Date().toISOString() }]),
    onError: (error, lead) => {
      placeLeads(cache, [lead]);
      toastProblem(error);
    },
    onSuccess: (gone) => {
      told(gone);
      toast(t('record.deleted', { name: leadName(gone) ?? t('leads.nameless') }), () => restoring.mutate(gone));
    },
  });
  return (lead, onGone) => {
    onGone();
    deleting.mutate(lead);
  };
}
