/** The stages of the pipeline: their names, their order, and how long a lead may stay. What they mean to the agent stays. */
import { ActionIcon, Group, NumberInput, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '@/lib/api/problem';
import { stageName, stagesQuery } from '@/lib/pipeline/stages';
import { judgeStages } from './judge';
import { saveStages, settingsKeys, type NamedStage, type Served, type Stages } from './queries';
import { SectionFrame } from './SectionFrame';
import styles from './Settings.module.css';
import { mayMove, moved } from './stageOrder';
import { useDraft } from './useDraft';

const MOST_DAYS = 365;

export function StagesSection({ served }: { readonly served: Served<Stages> }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const draft = useDraft<Stages>({
    served,
    title: t('settings.section.stages'),
    save: saveStages,
    onSaved: (saved) => {
      cache.setQueryData(settingsKeys.stages, saved);
      void cache.invalidateQueries({ queryKey: stagesQuery.queryKey });
      void cache.invalidateQueries({ queryKey: settingsKeys.stages });
    },
    rebase: (mine) => mine,
    currentOf: (problem) => currentStages(problem, served.values),
  });
  const shown = ({ key, name, ownName }: NamedStage) => (ownName ? name : stageName(key, [], t));
  const stages = draft.values;
  const verdicts = judgeStages(stages, shown, t);
  const rename = (id: number, name: string) =>
    draft.set(stages.map((stage) => (stage.id === id ? { ...stage, name, ownName: true } : stage)));
  const limit = (id: number, days: number | null) =>
    draft.set(stages.map((stage) => (stage.id === id ? { ...stage, dayLimit: days } : stage)));
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
          <li key={stage.id}>
            <TextInput
              aria-label={t('settings.stage', { position: index + 1 })}
              value={shown(stage)}
              error={verdicts[stage.id] ?? false}
              onChange={(event) => rename(stage.id, event.currentTarget.value)}
            />
            {stage.kind === 'open' ? (
              <Group gap={4} wrap="nowrap">
                <NumberInput
                  aria-label={t('settings.dayLimit', { name: shown(stage) })}
                  placeholder={t('settings.noLimit')}
                  suffix={t('settings.daySuffix')}
                  value={stage.dayLimit ?? ''}
                  min={1}
                  max={MOST_DAYS}
                  clampBehavior="strict"
                  allowDecimal={false}
                  allowNegative={false}
                  hideControls
                  w={92}
                  onChange={(days) => limit(stage.id, typeof days === 'number' && days >= 1 ? days : null)}
                />
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t('settings.earlier', { name: shown(stage) })}
                  disabled={!mayMove(stages, index, -1)}
                  onClick={() => draft.set(moved(stages, index, -1))}
                >
                  <IconArrowUp size={16} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t('settings.later', { name: shown(stage) })}
                  disabled={!mayMove(stages, index, 1)}
                  onClick={() => draft.set(moved(stages, index, 1))}
                >
                  <IconArrowDown size={16} />
                </ActionIcon>
              </Group>
            ) : (
              <span className={styles['fixed']}>{t('settings.fixed')}</span>
            )}
          </li>
        ))}
      </ol>
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
