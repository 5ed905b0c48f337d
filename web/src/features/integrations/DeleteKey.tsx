/** Deleting a key is one of the few acts that ask first (UI §1.4). */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { credentialsQuery, deleteKey, type Credential } from './queries';
import { kindName } from './words';

interface Props {
  readonly credential: Credential;
  readonly group: string;
  readonly onClose: () => void;
}

export default function DeleteKey({ credential, group, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => deleteKey(credential.name),
    onSuccess: () => toast(t('vault.deleted')),
    onError: toastProblem,
    onSettled: async () => {
      await cache.invalidateQueries({ queryKey: credentialsQuery.queryKey });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('vault.deleteTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="lg">
        <Text>{t('vault.deleteText', { name: kindName(credential, t), group })}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="danger" loading={deleting.isPending} onClick={() => deleting.mutate()}>
            {t('vault.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
