/** Edits of leads: shown at once, rolled back where refused, and undone by giving each lead its former value. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem, toastWayOut } from '@/components/toast';
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
  /** What the notice says; without it nothing is said and nothing can be undone. */
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
        toastWayOut(error, t('leads.saveMine'), () => acting.mutate({ lead: now, change, said }));
        return;
      }
      const taken = asProblem(error).members['lead_id'];
      const open = (leadId: number) => void navigate({ to: '/leads/$leadId', params: { leadId } });
      if (typeof taken === 'number') toastWayOut(error, t('leads.openExisting'), () => open(taken));
      else toastProblem(error);
    },
    onSuccess: (saved, { lead, change, said }) => {
      placeLeads(cache, [saved]);
      if (said !== null) toast(said, () => acting.mutate({ lead: saved, change: former(lead, change), said: null }));
    },
  });
  return (leads, change, said = t('saved')) => {
    const wanted = leads.filter((lead) => differs(former(lead, change), change));
    const [only] = wanted;
    if (only && wanted.length === 1) acting.mutate({ lead: only, change, said });
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
