/** The one moment at which a key is seen: no click beside it and no Escape closes it, so that a slip does not lose it. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyText } from '@/components/CopyText';
import { useBackCloses } from '@/lib/history/back';
import type { Issued } from './queries';

interface Props {
  readonly issued: Issued;
  readonly onClose: () => void;
}

export default function ShownKey({ issued, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('apiKeys.shownTitle')}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Text>{t('apiKeys.shownText')}</Text>
        <CopyText label={issued.key.name} text={issued.secret} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('apiKeys.kept')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
