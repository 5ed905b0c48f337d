/** One endpoint: its name, where it is, and what it is told. What the server refuses stands at the address. */
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { addEndpoint, changeEndpoint, endpointsKey, EVENT_TYPES, type Endpoint, type NewEndpoint } from './queries';

interface Props {
  readonly endpoint: Endpoint | null;
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}

export function EndpointForm({ endpoint, onClose, onSecret }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const [fields, setFields] = useState<NewEndpoint>(() => ({
    name: endpoint?.name ?? '',
    url: endpoint?.url ?? '',
    event_types: endpoint?.event_types ?? ['NEW_LEAD', 'LEAD_UPDATED'],
  }));
  const set = (change: Partial<NewEndpoint>) => setFields((before) => ({ ...before, ...change }));
  const saving = useMutation({
    mutationFn: async (body: NewEndpoint) => {
      if (endpoint) {
        await changeEndpoint(endpoint.id, body);
        return null;
      }
      return (await addEndpoint(body)).secret;
    },
    onSuccess: (secret) => {
      void cache.invalidateQueries({ queryKey: endpointsKey });
      onClose();
      if (secret) onSecret(secret);
      else toast(t('webhooks.saved', { name: fields.name }));
    },
    onError: (error) => {
      if (asProblem(error).code !== 'address_refused') toastProblem(error);
    },
  });
  const refused = saving.isError && asProblem(saving.error).code === 'address_refused';
  const good = fields.name.trim() !== '' && fields.url.trim() !== '' && fields.event_types.length > 0;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good) saving.mutate(fields);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={endpoint ? t('webhooks.editing') : t('webhooks.adding')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            data-autofocus
            label={t('webhooks.field.name')}
            value={fields.name}
            maxLength={80}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            type="url"
            label={t('webhooks.field.url')}
            description={t('webhooks.urlMeans')}
            placeholder="https://"
            value={fields.url}
            maxLength={2000}
            error={refused && t('webhooks.addressRefused')}
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
          <Checkbox.Group
            label={t('webhooks.field.events')}
            value={[...fields.event_types]}
            onChange={(chosen) => set({ event_types: EVENT_TYPES.filter((type) => chosen.includes(type)) })}
          >
            <Stack gap="sm" mt="xs">
              {EVENT_TYPES.map((type) => (
                <Checkbox key={type} value={type} label={t(`webhooks.event.${type}`)} description={type} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('webhooks.cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!good}>
              {endpoint ? t('webhooks.save') : t('webhooks.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
