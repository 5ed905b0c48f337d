/** Moving leads to a stage, from wherever: a lost one asks why first, and the notice says where they went. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { stageName, useStages } from '@/lib/pipeline/stages';
import { leadName } from '@/lib/leads/name';
import { useChangeLeads } from './change';
import { LostReason } from './LostReason';
import type { Lead } from './queries';

interface Move {
  readonly leads: readonly Lead[];
  readonly stage: string;
}

interface MoveStage {
  readonly move: (leads: readonly Lead[], stage: string) => void;
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
  const act = ({ leads, stage }: Move, lost_reason?: string) =>
    change(
      leads,
      { stage_key: stage, ...(lost_reason !== undefined && { lost_reason }) },
      t('leads.moved', { name: namesOf(leads), stage: stageName(stage, stages, t) }),
    );
  const move = (leads: readonly Lead[], stage: string) => {
    const going = leads.filter((lead) => lead.stage_key !== stage);
    if (going.length === 0) return;
    if (stages.find(({ key }) => key === stage)?.kind === 'lost') setAsking({ leads: going, stage });
    else act({ leads: going, stage });
  };
  const question = asking && (
    <LostReason
      names={namesOf(asking.leads)}
      onClose={() => setAsking(null)}
      onReason={(reason) => {
        act(asking, reason);
        setAsking(null);
      }}
    />
  );
  return { move, question };
}
