/** Another webhook address: nothing arrives until the new one is pasted at the provider, so this asks first. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { channelsQuery, renewAddress, withChannel, type Channel } from './queries';
import { PROVIDER_NAMES } from './words';

export default function RenewAddress({ channel, onClose }: { readonly channel: Channel; readonly onClose: () => void }) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const renewing = useMutation({
    mutationFn: () => renewAddress(channel.id),
    onSuccess: (renewed) => {
      cache.setQueryData(channelsQuery.queryKey, (known) => withChannel(known, renewed));
      toast(t('channels.renew.done'));
    },
    onError: toastProblem,
    onSettled: onClose,
  });
  return (
    <Modal opened onClose={onClose} title={t('channels.renew.ask')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="lg">
        <Text>{t('channels.renew.text', { name: channel.name, provider: PROVIDER_NAMES[channel.provider] })}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="danger" loading={renewing.isPending} onClick={() => renewing.mutate()}>
            {t('channels.renew.do')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
