/** Perdido asks why: a usual reason or one's own words; without one nothing is moved. */
import { Button, Chip, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';

const USUAL = ['price', 'silence', 'competitor', 'later', 'unfit'] as const;
const LONGEST = 200;

interface Props {
  readonly names: string;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}

export function LostReason({ names, onReason, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const [reason, setReason] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (reason.trim()) onReason(reason.trim());
  };
  return (
    <Modal opened onClose={onClose} title={t('leads.lost.title')} closeButtonProps={{ 'aria-label': t('leads.cancel') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text c="var(--nx-text2)">{names}</Text>
          <Chip.Group value={reason} onChange={setReason}>
            <Group gap="sm" role="radiogroup" aria-label={t('leads.lost.usual')}>
              {USUAL.map((key) => (
                <Chip key={key} value={t(`leads.lost.${key}`)} size="sm" variant="light">
                  {t(`leads.lost.${key}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <TextInput
            data-autofocus
            label={t('leads.lost.reason')}
            maxLength={LONGEST}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('leads.cancel')}
            </Button>
            <Button type="submit" disabled={!reason.trim()}>
              {t('leads.lost.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
