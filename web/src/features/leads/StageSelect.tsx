/** The stage of one lead, changed where it stands. */
import { Select } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { isClosed, stageName, useStages } from '@/lib/pipeline/stages';

interface Props {
  readonly stage: string;
  readonly onStage: (stage: string) => void;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function StageSelect({ stage, onStage, label, disabled = false, inputRef }: Props) {
  const { t } = useTranslation();
  const stages = useStages();
  return (
    <Select
      {...(inputRef && { ref: inputRef })}
      {...(label ? { label } : { 'aria-label': t('leads.column.stage') })}
      data={stages.map(({ key }) => ({ value: key, label: stageName(key, stages, t), disabled: isClosed(stages, stage, key) }))}
      value={stage}
      onChange={(value) => value && value !== stage && onStage(value)}
      allowDeselect={false}
      disabled={disabled}
    />
  );
}
