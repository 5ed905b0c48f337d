/** Erasing somebody cannot be undone: what goes and what stays is named, and the name is typed (UI §1.4). */
import { Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { useBackCloses } from '@/lib/history/back';
import { erasePerson, isConfirmed, personQuery, privacyKeys, type Named } from '@/lib/privacy/privacy';

interface Props {
  readonly named: Named;
  readonly onClose: () => void;
  readonly onErased: () => Promise<void>;
}

const GOES = ['messages', 'files', 'notes', 'tasks', 'meetings'] as const;

export default function ErasePerson({ named, onClose, onErased }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const query = useQuery(personQuery(named));
  const [typed, setTyped] = useState('');
  const person = query.data;
  const erasing = useMutation({
    // Away from the page first: it would ask for somebody who is not there any more.
    mutationFn: async () => {
      await onErased();
      return erasePerson(named, typed);
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: privacyKeys.requests });
      toast(t('privacy.erasing'));
    },
    onError: toastProblem,
  });
  return (
    <Modal opened onClose={onClose} title={t('privacy.eraseTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
      {query.isPending && <Waiting rows={4} height={24} />}
      {query.isError && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {person && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isConfirmed(typed, person.confirm)) erasing.mutate();
          }}
        >
          <Stack gap="md">
            <div>
              <Text fw={600}>{t('privacy.goes')}</Text>
              <List size="sm">
                <List.Item>{t('privacy.goesName')}</List.Item>
                {GOES.filter((kind) => person[kind] > 0).map((kind) => (
                  <List.Item key={kind}>{t(`privacy.count.${kind}`, { count: person[kind] })}</List.Item>
                ))}
              </List>
            </div>
            <div>
              <Text fw={600}>{t('privacy.stays')}</Text>
              <List size="sm">
                {person.transactions > 0 && <List.Item>{t('privacy.staysMoney', { count: person.transactions })}</List.Item>}
                <List.Item>{t('privacy.staysFigures')}</List.Item>
                <List.Item>{t('privacy.staysRefusal')}</List.Item>
              </List>
            </div>
            <Text size="sm" c="var(--nx-text2)">
              {t('privacy.noWayBack')}
            </Text>
            <TextInput
              label={t('privacy.type', { name: person.confirm })}
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('cancel')}
              </Button>
              <Button type="submit" color="danger" disabled={!isConfirmed(typed, person.confirm)} loading={erasing.isPending}>
                {t('privacy.eraseNow')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
