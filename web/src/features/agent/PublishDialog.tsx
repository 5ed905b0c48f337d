/** Publicar: what customers will hear differently, before they do. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import { Differences } from './Differences';
import type { Writing } from './useScript';

export function PublishDialog({ writing, onClose }: { readonly writing: Writing; readonly onClose: () => void }) {
  useBackCloses(true, onClose);
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('agentPage.publishTitle')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Text size="sm" c="var(--nx-text2)">
          {t('agentPage.publishMeans', { name: writing.script.agent_name })}
        </Text>
        <Differences changes={writing.changes} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            loading={writing.busy}
            data-autofocus
            onClick={() => void writing.publish().then((done) => done && onClose())}
          >
            {t('agentPage.publish')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
