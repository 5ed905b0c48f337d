/** One stage while the pipeline is edited: its name and place, and behind a fold what it means and where it leads. */
import { ActionIcon, Group, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NamedStage, StageKind, Stages } from './queries';
import styles from './Settings.module.css';
import { FIRST, mayMove } from './stageOrder';

interface Props {
  readonly stages: Stages;
  readonly index: number;
  readonly shown: (stage: NamedStage) => string;
  readonly error: string | false;
  readonly onChange: (change: Partial<NamedStage>) => void;
  readonly onKind: (kind: StageKind) => void;
  readonly onMove: (by: -1 | 1) => void;
  /** Missing where the pipeline cannot do without it. */
  readonly onRemove?: (() => void) | undefined;
}

const KINDS: readonly StageKind[] = ['open', 'won', 'lost'];
const MOST_DAYS = 365;

export function StageRow({ stages, index, shown, error, onChange, onKind, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const stage = stages[index];
  if (!stage) return null;
  const name = shown(stage);
  const others = stages.filter(({ id, key }) => id !== stage.id && key !== '');
  return (
    <li>
      <div className={styles['stage']}>
        <TextInput
          aria-label={t('settings.stage', { position: index + 1 })}
          value={name}
          error={error}
          onChange={(event) => onChange({ name: event.currentTarget.value, ownName: true })}
        />
        <Group gap={4} wrap="nowrap">
          {stage.kind === 'open' && (
            <NumberInput
              aria-label={t('settings.dayLimit', { name })}
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
              onChange={(days) => onChange({ dayLimit: typeof days === 'number' && days >= 1 ? days : null })}
            />
          )}
          <ActionIcon variant="default" size={36} aria-label={t('settings.earlier', { name })} disabled={!mayMove(stages, index, -1)} onClick={() => onMove(-1)}>
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon variant="default" size={36} aria-label={t('settings.later', { name })} disabled={!mayMove(stages, index, 1)} onClick={() => onMove(1)}>
            <IconArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('settings.remove', { name })}
            title={onRemove ? undefined : t('settings.fewest')}
            disabled={!onRemove}
            onClick={onRemove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </div>
      <details className={styles['rules']}>
        <summary>
          {t(`settings.kinds.${stage.kind}`)} · {stage.probability} % ·{' '}
          {stage.closedTo.length === 0 ? t('settings.closedHint') : t('settings.closedShort', { count: stage.closedTo.length })}
        </summary>
        <div>
          <Select
            label={t('settings.kind', { name })}
            data={KINDS.map((kind) => ({ value: kind, label: t(`settings.kinds.${kind}`) }))}
            value={stage.kind}
            disabled={stage.key === FIRST}
            allowDeselect={false}
            onChange={(value) => {
              const kind = KINDS.find((known) => known === value);
              if (kind) onKind(kind);
            }}
          />
          <NumberInput
            label={t('settings.probability', { name })}
            suffix=" %"
            value={stage.probability}
            min={0}
            max={100}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            onChange={(value) => typeof value === 'number' && onChange({ probability: value })}
          />
          <MultiSelect
            label={t('settings.closedTo', { name })}
            placeholder={stage.closedTo.length === 0 ? t('settings.closedHint') : ''}
            data={others.map((other) => ({ value: other.key, label: shown(other) }))}
            value={[...stage.closedTo]}
            onChange={(closedTo) => onChange({ closedTo })}
          />
        </div>
      </details>
    </li>
  );
}
