/** Which calendar of the account meetings are written into. Only those that can be written are offered. */
import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toastRefusal } from '@/components/refusalToast';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { CALENDARS, type Calendar } from '@/lib/calendars/calendars';
import { useBackCloses } from '@/lib/history/back';
import { choicesQuery, choose } from './queries';
import { refusalWords } from './words';

interface Props {
  readonly calendar: Calendar;
  readonly onClose: () => void;
}

export default function ChooseCalendar({ calendar, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const query = useQuery(choicesQuery(calendar.seller_id));
  const [picked, setPicked] = useState<string | null>(null);
  const current = query.data?.find(({ id, primary }) => id === calendar.calendar_id || (primary && calendar.calendar_id === 'primary'));
  const value = picked ?? current?.id ?? '';
  const choosing = useMutation({
    mutationFn: () => choose(calendar.seller_id, value),
    onSuccess: () => {
      toast(t('calendars.chosen', { name: query.data?.find(({ id }) => id === value)?.name ?? value }));
      onClose();
    },
    onError: (error) => toastRefusal(refusalWords(error, t)),
    onSettled: () => cache.invalidateQueries({ queryKey: [CALENDARS] }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('calendars.chooseTitle', { name: calendar.seller_name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="lg">
        {query.isPending && <Waiting rows={3} />}
        {query.isError && <p role="alert">{refusalWords(query.error, t)}</p>}
        {query.data && (
          <Radio.Group value={value} onChange={setPicked} label={t('calendars.chooseLabel')} data-autofocus>
            <Stack gap="sm" mt="sm">
              {query.data.map((one) => (
                <Radio
                  key={one.id}
                  value={one.id}
                  disabled={!one.writable}
                  label={one.name || one.id}
                  description={one.writable ? (one.name && one.name !== one.id ? one.id : undefined) : t('calendars.readOnly')}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button disabled={!value || value === current?.id} loading={choosing.isPending} onClick={() => choosing.mutate()}>
            {t('calendars.chooseThis')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
