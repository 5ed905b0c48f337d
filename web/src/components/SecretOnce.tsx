/** A secret that is shown this once: it is copied before the window is closed. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import { CopyText } from './CopyText';

interface Props {
  readonly secret: string;
  readonly onClose: () => void;
}

export function SecretOnce({ secret, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  return (
    <Modal opened onClose={onClose} title={t('secretOnce.title')} size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        <Text size="sm">{t('secretOnce.about')}</Text>
        <CopyText label={t('secretOnce.label')} text={secret} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('secretOnce.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
