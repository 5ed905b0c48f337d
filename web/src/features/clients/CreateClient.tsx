/** A client that was no lead. */
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { placeClient } from './place';
import { clientKeys, createClient, type NewClient } from './queries';

const TEXTS = ['full_name', 'phone', 'email', 'company'] as const;
const TYPES = { full_name: 'text', phone: 'tel', email: 'email', company: 'text' } as const;

export default function CreateClient({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [texts, setTexts] = useState<Partial<Record<(typeof TEXTS)[number], string>>>({});
  const creating = useMutation({
    mutationFn: () => {
      const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
      return createClient(given as unknown as NewClient);
    },
    onSuccess: (client) => {
      placeClient(cache, client);
      void cache.invalidateQueries({ queryKey: clientKeys.counts });
      toast(t('clients.create.done', { name: client.full_name }));
      void navigate({ to: '/clients/$clientId', params: { clientId: client.id }, replace: true });
    },
  });
  const complete = Boolean(texts.full_name?.trim());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (complete) creating.mutate();
  };
  useBackCloses(true, onClose);
  return (
    <Modal opened onClose={onClose} title={t('clients.create.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {TEXTS.map((name, index) => (
            <TextInput
              key={name}
              label={t(`clients.field.${name}`)}
              type={TYPES[name]}
              required={name === 'full_name'}
              {...(index === 0 && { 'data-autofocus': true })}
              autoComplete="off"
              maxLength={200}
              value={texts[name] ?? ''}
              onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
            />
          ))}
          {creating.error && (
            <Alert color="danger" role="alert">
              {problemWords(asProblem(creating.error), t)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={creating.isPending} disabled={!complete}>
              {t('clients.create.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
