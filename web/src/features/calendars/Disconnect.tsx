/** Letting go of a calendar asks first: the grant is given back and only its owner can give it again. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toastRefusal } from '@/components/refusalToast';
import { notify } from '@/components/toast';
import { CALENDARS, type Calendar } from '@/lib/calendars/calendars';
import { useBackCloses } from '@/lib/history/back';
import { disconnect } from './queries';
import { refusalWords } from './words';

interface Props {
  readonly calendar: Calendar;
  readonly onClose: () => void;
}

export default function Disconnect({ calendar, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const name = calendar.seller_name;
  const leaving = useMutation({
    mutationFn: () => disconnect(calendar.seller_id),
    onSuccess: (revoked) => notify(revoked ? t('calendars.disconnected', { name }) : t('calendars.notRevoked', { name })),
    onError: (error) => toastRefusal(refusalWords(error, t)),
    onSettled: async () => {
      await cache.invalidateQueries({ queryKey: [CALENDARS] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('calendars.disconnectTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="lg">
        <Text>{t('calendars.disconnectText', { name })}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="danger" loading={leaving.isPending} onClick={() => leaving.mutate()}>
            {t('calendars.disconnect')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
