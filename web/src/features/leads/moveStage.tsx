/** Moving leads to a stage, from wherever: a lost one asks why first, and the notice says where they went. */
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { stageName, useStages } from '@/lib/pipeline/stages';
import type { Why } from '@/lib/pipeline/reasons';
import { leadName } from '@/lib/leads/name';
import { useChangeLeads } from './change';
import type { Lead } from './queries';

const LostReason = lazy(() => import('./LostReason'));

interface Move {
  readonly leads: readonly Lead[];
  readonly stage: string;
}

interface MoveStage {
  readonly move: (leads: readonly Lead[], stage: string) => void;
  /** Asks anew why a lost one is lost. */
  readonly explain: (lead: Lead) => void;
  /** Draw this: the question that may come. */
  readonly question: ReactNode;
}

export function useMoveStage(): MoveStage {
  const { t } = useTranslation();
  const stages = useStages();
  const change = useChangeLeads();
  const [asking, setAsking] = useState<Move | null>(null);
  const namesOf = (leads: readonly Lead[]) =>
    leads.length === 1 ? ((leads[0] && leadName(leads[0])) ?? t('leads.nameless')) : t('leads.count', { count: leads.length });
  const act = ({ leads, stage }: Move, why?: Why) =>
    change(
      leads,
      { stage_key: stage, ...why },
      t('leads.moved', { name: namesOf(leads), stage: stageName(stage, stages, t) }),
    );
  const move = (leads: readonly Lead[], stage: string) => {
    const going = leads.filter((lead) => lead.stage_key !== stage);
    if (going.length === 0) return;
    if (stages.find(({ key }) => key === stage)?.kind === 'lost') setAsking({ leads: going, stage });
    else act({ leads: going, stage });
  };
  const question = asking && (
    <Suspense>
      <LostReason
        names={namesOf(asking.leads)}
        onClose={() => setAsking(null)}
        onReason={(why) => {
          act(asking, why);
          setAsking(null);
        }}
      />
    </Suspense>
  );
  return { move, explain: (lead) => setAsking({ leads: [lead], stage: lead.stage_key }), question };
}
