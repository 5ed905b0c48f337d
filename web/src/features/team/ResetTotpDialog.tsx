/** Taking somebody's second factor off cannot be undone: only they can set it up again. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import type { Account } from './queries';

interface Props {
  readonly account: Account;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

export function ResetTotpDialog({ account, onClose, onConfirm }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  return (
    <Modal opened onClose={onClose} title={t('team.resetTotpTitle', { name: account.name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="lg">
        <Text>{t('team.resetTotpText')}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="danger" onClick={onConfirm}>
            {t('team.resetTotp')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
