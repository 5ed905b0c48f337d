/** Taking a stage away: its leads go to another one of its kind, which is asked here. */
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { removeStage, type NamedStage, type Served, type Stages } from './queries';

interface Props {
  readonly stage: NamedStage;
  readonly stages: Stages;
  readonly shown: (stage: NamedStage) => string;
  readonly onRemoved: (left: Served<Stages>) => void;
  readonly onClose: () => void;
}

export function RemoveStage({ stage, stages, shown, onRemoved, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const others = stages.filter(({ id, kind }) => id > 0 && id !== stage.id && kind === stage.kind);
  const [target, setTarget] = useState(String(others[0]?.id ?? ''));
  const [busy, setBusy] = useState(false);
  const name = shown(stage);
  const remove = async () => {
    setBusy(true);
    try {
      onRemoved(await removeStage(stage.id, Number(target)));
      toast(t('settings.removed', { name }));
      onClose();
    } catch (error) {
      toastProblem(error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('settings.removeTitle', { name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm">{t('settings.removeAbout')}</Text>
        <Select
          label={t('settings.moveTo')}
          data={others.map((other) => ({ value: String(other.id), label: shown(other) }))}
          value={target}
          allowDeselect={false}
          onChange={(value) => value && setTarget(value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button loading={busy} onClick={() => void remove()}>
            {t('settings.remove', { name })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
