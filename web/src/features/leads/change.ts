/** Edits of leads: shown at once, rolled back where refused, and undone by giving each lead its former value. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem, toastWayOut, wayBack } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBulk } from './bulk';
import { changed, former } from './changes';
import { changeSeen } from './guarded';
import { placeLeads } from './place';
import type { Lead, LeadChange } from './queries';

interface Act {
  /** As it is before it. */
  readonly lead: Lead;
  readonly change: LeadChange;
  /** What the notice says; without it nothing is said. */
  readonly said: string | null;
}

export type ChangeLeads = (leads: readonly Lead[], change: LeadChange, said?: string) => void;

export function useChangeLeads(): ChangeLeads {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const bulk = useBulk();
  const acting = useMutation({
    mutationFn: async ({ lead, change }: Act) => changeSeen(lead, change),
    onMutate: ({ lead, change }) => placeLeads(cache, [changed(lead, change, new Date().toISOString())]),
    onError: (error, { lead, change, said }) => {
      const now = asProblem(error).members['now'] as Lead | undefined;
      placeLeads(cache, [now ?? lead]);
      if (now) {
        toastWayOut(error, t('leads.saveMine'), () => act({ lead: now, change, said }));
        return;
      }
      const taken = asProblem(error).members['lead_id'];
      const open = (leadId: number) => void navigate({ to: '/leads/$leadId', params: { leadId } });
      if (typeof taken === 'number') toastWayOut(error, t('leads.openExisting'), () => open(taken));
      else toastProblem(error);
    },
    onSuccess: (saved) => placeLeads(cache, [saved]),
  });
  /** What is taken back before it was saved waits for that: the way back never undoes what came before instead. */
  const act = ({ lead, change, said }: Act) => {
    const saving = acting.mutateAsync({ lead, change, said });
    let undone = false;
    const way = wayBack(() => {
      undone = true;
      void saving.then((saved) => acting.mutate({ lead: saved, change: former(lead, change), said: null }), () => undefined);
    });
    void saving.then(() => {
      if (said !== null && !undone) toast(said, way);
    }, () => undefined);
  };
  return (leads, change, said = t('saved')) => {
    const wanted = leads.filter((lead) => differs(former(lead, change), change));
    const [only] = wanted;
    if (only && wanted.length === 1) act({ lead: only, change, said });
    else if (only) bulk(wanted, standing(change), said);
  };
}

/** Many leads change in what the list itself can change. */
function standing({ stage_key, owner_user_id, lost_reason, lost_reason_other }: LeadChange) {
  return {
    ...(stage_key !== undefined && { stage_key }),
    ...(owner_user_id !== undefined && { owner_user_id }),
    ...(lost_reason !== undefined && { lost_reason }),
    ...(lost_reason_other && { lost_reason_other }),
  };
}

function differs(before: LeadChange, change: LeadChange): boolean {
  return (Object.keys(change) as (keyof LeadChange)[]).some((name) => JSON.stringify(before[name]) !== JSON.stringify(change[name]));
}
