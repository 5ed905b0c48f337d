/** Edits of leads: shown at once, rolled back where refused, and undone by giving each lead its former value. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem, toastWayOut } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { changed, wayBack, type Step } from './changes';
import { changeSeen } from './guarded';
import { placeLeads } from './place';
import { changeLeads, leadKeys, type Lead, type LeadChange } from './queries';

interface Act {
  /** As they are before it. */
  readonly leads: readonly Lead[];
  readonly steps: readonly Step[];
  /** What the notice says; without it nothing is said and nothing can be undone. */
  readonly said: string | null;
}

export type ChangeLeads = (leads: readonly Lead[], change: LeadChange, said?: string) => void;

export function useChangeLeads(): ChangeLeads {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const acting = useMutation({
    mutationFn: async ({ leads, steps }: Act) => {
      const saved: Lead[] = [];
      for (const { ids, change } of steps) {
        const only = ids.length === 1 ? leads.find(({ id }) => id === ids[0]) : undefined;
        saved.push(...(only ? [await changeSeen(only, change)] : await changeLeads(ids, change)));
      }
      return saved;
    },
    onMutate: ({ leads, steps }) => {
      const now = new Date().toISOString();
      const change = new Map(steps.flatMap((step) => step.ids.map((id) => [id, step.change] as const)));
      placeLeads(cache, leads.map((lead) => changed(lead, change.get(lead.id) ?? {}, now)));
    },
    onError: (error, { leads, steps, said }) => {
      const now = asProblem(error).members['now'] as Lead | undefined;
      placeLeads(cache, now ? [now] : leads);
      if (now) toastWayOut(error, t('leads.saveMine'), () => acting.mutate({ leads: [now], steps, said }));
      if (now) return;
      if (steps.length > 1) void cache.invalidateQueries({ queryKey: leadKeys.lists });
      const taken = asProblem(error).members['lead_id'];
      const open = (leadId: number) => void navigate({ to: '/leads/$leadId', params: { leadId } });
      if (typeof taken === 'number') toastWayOut(error, t('leads.openExisting'), () => open(taken));
      else toastProblem(error);
    },
    onSuccess: (saved, { leads, steps, said }) => {
      placeLeads(cache, saved);
      const [step] = steps;
      if (said === null || !step) return;
      toast(said, () => acting.mutate({ leads: saved, steps: wayBack(leads, step.change), said: null }));
    },
  });
  return (leads, change, said = t('saved')) => {
    const wanted = leads.filter((lead) => wayBack([lead], change).some((back) => differs(back.change, change)));
    if (wanted.length > 0) acting.mutate({ leads: wanted, steps: [{ ids: wanted.map(({ id }) => id), change }], said });
  };
}

function differs(former: LeadChange, change: LeadChange): boolean {
  return (Object.keys(change) as (keyof LeadChange)[]).some((name) => former[name] !== change[name]);
}
