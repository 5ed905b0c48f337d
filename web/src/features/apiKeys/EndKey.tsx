/** Revoking and rotating break whatever comes with the key: both ask first (UI §1.4). */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { apiKeysQuery, revokeKey, rotateKey, type ApiKey, type Issued } from './queries';

interface Props {
  readonly act: 'revoke' | 'rotate';
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
  readonly onIssued: (issued: Issued) => void;
}

export default function EndKey({ act, apiKey, onClose, onIssued }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const ending = useMutation({
    mutationFn: async (): Promise<Issued | null> => {
      if (act === 'rotate') return rotateKey(apiKey.id);
      await revokeKey(apiKey.id);
      return null;
    },
    onSuccess: (issued) => {
      if (issued) onIssued(issued);
      else {
        toast(t('apiKeys.revoked', { name: apiKey.name }));
        onClose();
      }
    },
    onError: (error) => {
      toastProblem(error);
      onClose();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
  return (
    <Modal opened onClose={onClose} title={t(`apiKeys.${act}Title`, { name: apiKey.name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="lg">
        <Text>{t(`apiKeys.${act}Text`)}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button {...(act === 'revoke' && { color: 'danger' })} loading={ending.isPending} onClick={() => ending.mutate()}>
            {t(`apiKeys.${act}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
