/** Perdido asks why: a reason of the company's or one's own words; without one nothing is moved. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import type { Why } from '@/lib/pipeline/reasons';
import ReasonField, { UNSAID, whyOf } from './ReasonField';

interface Props {
  readonly names: string;
  readonly onReason: (why: Why) => void;
  readonly onClose: () => void;
}

export default function LostReason({ names, onReason, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const [reason, setReason] = useState(UNSAID);
  const why = whyOf(reason);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (why) onReason(why);
  };
  return (
    <Modal opened onClose={onClose} title={t('leads.lost.title')} closeButtonProps={{ 'aria-label': t('leads.cancel') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text c="var(--nx-text2)">{names}</Text>
          <ReasonField reason={reason} onReason={setReason} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('leads.cancel')}
            </Button>
            <Button type="submit" disabled={!why}>
              {t('leads.lost.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
