/** A number's name, and the ids by which its provider knows it. */
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { changeChannel, channelsQuery, withChannel, type Channel } from './queries';

export default function EditChannel({ channel, onClose }: { readonly channel: Channel; readonly onClose: () => void }) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const [name, setName] = useState(channel.name);
  const [account, setAccount] = useState(channel.waba_id ?? '');
  const [number, setNumber] = useState(channel.phone_number_id ?? '');
  const meta = channel.provider === 'meta';
  const saving = useMutation({
    mutationFn: () =>
      changeChannel(channel.id, {
        name,
        waba_id: account.trim() || null,
        ...(meta && { phone_number_id: number.trim() || null }),
      }),
    onSuccess: (saved) => {
      cache.setQueryData(channelsQuery.queryKey, (known) => withChannel(known, saved));
      toast(t('channels.edit.done', { name: saved.name }));
      onClose();
    },
  });
  const complete = name.trim() !== '' && (!meta || number.trim() !== '');
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (complete) saving.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={t('channels.edit.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={save} noValidate>
        <Stack gap="md">
          <TextInput data-autofocus label={t('channels.field.name')} value={name} maxLength={60} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={t('channels.field.waba')} inputMode="numeric" value={account} onChange={(event) => setAccount(event.currentTarget.value)} />
          {meta && (
            <TextInput
              label={t('channels.field.numberId')}
              inputMode="numeric"
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          )}
          {saving.error && (
            <Alert color="danger" role="alert">
              {problemWords(asProblem(saving.error), t)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!complete}>
              {t('channels.edit.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
