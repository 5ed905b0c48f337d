/** The stages of the pipeline: which there are, their names and order, how long a lead may stay, and where it may go. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '@/lib/api/problem';
import { stageName, stagesQuery } from '@/lib/pipeline/stages';
import { judgeStages } from './judge';
import { saveStages, settingsKeys, type NamedStage, type Served, type Stages } from './queries';
import { RemoveStage } from './RemoveStage';
import { SectionFrame } from './SectionFrame';
import styles from './Settings.module.css';
import { mayRemove, moved, turned, withNew } from './stageOrder';
import { StageRow } from './StageRow';
import { useDraft } from './useDraft';

const MOST_STAGES = 30;

export function StagesSection({ served }: { readonly served: Served<Stages> }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [removing, setRemoving] = useState<NamedStage | null>(null);
  const keep = (saved: Served<Stages>) => {
    cache.setQueryData(settingsKeys.stages, saved);
    void cache.invalidateQueries({ queryKey: stagesQuery.queryKey });
    void cache.invalidateQueries({ queryKey: settingsKeys.stages });
  };
  const draft = useDraft<Stages>({
    served,
    title: t('settings.section.stages'),
    save: saveStages,
    onSaved: keep,
    // Taking a new stage back means to say where its leads go.
    mayUndo: (was, became) => was.length === became.length,
    rebase: (mine) => mine,
    currentOf: (problem) => currentStages(problem, served.values),
  });
  const shown = ({ key, name, ownName }: NamedStage) => (ownName ? name : stageName(key, [], t));
  const stages = draft.values;
  const verdicts = judgeStages(stages, shown, t);
  /** One that is not saved just goes; a saved one asks where its leads go, once nothing else waits to be saved. */
  const removal = (stage: NamedStage) => {
    if (!mayRemove(stages, stage)) return undefined;
    if (stage.id < 0) return () => draft.set(stages.filter(({ id }) => id !== stage.id));
    return draft.dirty ? undefined : () => setRemoving(stage);
  };
  const told = (stage: NamedStage) =>
    stage.dayLimit === null ? shown(stage) : t('settings.limited', { name: shown(stage), count: stage.dayLimit });
  const line = (list: Stages) => list.map(told).join(' → ');
  return (
    <SectionFrame
      id="stages"
      dirty={draft.dirty}
      saving={draft.saving}
      good={Object.keys(verdicts).length === 0}
      conflict={draft.conflict}
      differences={
        draft.conflict
          ? [{ field: t('settings.section.stages'), mine: line(stages), theirs: line(draft.conflict.current.values) }]
          : []
      }
      onSave={draft.save}
      onDiscard={draft.discard}
    >
      <ol className={styles['stages']}>
        {stages.map((stage, index) => (
          <StageRow
            key={stage.id}
            stages={stages}
            index={index}
            shown={shown}
            error={verdicts[stage.id] ?? false}
            onChange={(change) => draft.set(stages.map((one) => (one.id === stage.id ? { ...one, ...change } : one)))}
            onKind={(kind) => draft.set(turned(stages, stage.id, kind))}
            onMove={(by) => draft.set(moved(stages, index, by))}
            onRemove={removal(stage)}
          />
        ))}
      </ol>
      <div>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} disabled={stages.length >= MOST_STAGES} onClick={() => draft.set(withNew(stages, t('settings.added')))}>
          {t('settings.addStage')}
        </Button>
      </div>
      {removing && (
        <RemoveStage stage={removing} stages={served.values} shown={shown} onRemoved={keep} onClose={() => setRemoving(null)} />
      )}
    </SectionFrame>
  );
}

/** The refusal tells ids, names and limits in order; what the stages mean does not change. */
function currentStages(problem: ApiProblem, known: Stages): Stages | undefined {
  const told = problem.members['current'];
  if (!Array.isArray(told)) return undefined;
  const found = told.flatMap((each: unknown) => {
    const { id, name, day_limit: days } = (typeof each === 'object' && each !== null ? each : {}) as Readonly<Partial<Record<string, unknown>>>;
    const stage = known.find((one) => one.id === id);
    if (!stage || typeof name !== 'string') return [];
    return [{ ...stage, name, ownName: stage.ownName || name !== stage.name, dayLimit: typeof days === 'number' ? days : null }];
  });
  return found.length === known.length ? found : undefined;
}
