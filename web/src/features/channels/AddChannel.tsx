/** A new number. Its keys leave the fields the moment they are sent; what must be pasted at the provider is then shown. */
import { Alert, Button, Group, Modal, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '@/components/CopyText';
import { problemWords } from '@/components/problemWords';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { addChannel, channelsQuery, type AddedChannel, type Channel } from './queries';
import { PROVIDER_NAMES } from './words';

const IDS = { ycloud: ['waba_id'], meta: ['waba_id', 'phone_number_id'] } as const;
const SECRETS = ['api_key', 'webhook_secret'] as const;

export default function AddChannel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const [added, setAdded] = useState<AddedChannel | null>(null);
  return (
    <Modal opened onClose={onClose} title={t('channels.new.title')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      {added ? <ToPaste channel={added} onClose={onClose} /> : <Form onClose={onClose} onAdded={setAdded} />}
    </Modal>
  );
}

interface FormProps {
  readonly onClose: () => void;
  readonly onAdded: (added: AddedChannel) => void;
}

function Form({ onClose, onAdded }: FormProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [provider, setProvider] = useState<Channel['provider']>('ycloud');
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const text = (name: string) => {
    const field = form.current?.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field : null;
  };
  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (sending) return;
    const given = Object.fromEntries(
      [...IDS[provider], ...SECRETS].flatMap((name) => {
        const value = text(name)?.value.trim() ?? '';
        return value === '' ? [] : [[name, value] as const];
      }),
    );
    const business_number = `+${(text('business_number')?.value ?? '').replaceAll(/\D/g, '')}`;
    const body = { provider, name: text('name')?.value.trim() ?? '', business_number, ...given };
    for (const name of SECRETS) {
      const field = text(name);
      if (field) field.value = '';
    }
    setSending(true);
    setError(null);
    try {
      onAdded(await addChannel(body));
      void cache.invalidateQueries({ queryKey: channelsQuery.queryKey });
    } catch (refused) {
      const problem = asProblem(refused);
      const words = problem.status === 422 ? t('channels.new.unusable') : problemWords(problem, t);
      setError(`${words} ${t('channels.new.again')}`);
      setSending(false);
    }
  };
  return (
    <form ref={form} onSubmit={(event) => void send(event)} autoComplete="off" noValidate>
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('channels.field.provider')}
          value={provider}
          onChange={(value) => setProvider(value === 'meta' ? 'meta' : 'ycloud')}
          data={(['ycloud', 'meta'] as const).map((value) => ({ value, label: PROVIDER_NAMES[value] }))}
        />
        <TextInput name="name" data-autofocus required label={t('channels.field.name')} placeholder={t('channels.field.nameHint')} maxLength={60} />
        <TextInput name="business_number" type="tel" required label={t('channels.field.number')} placeholder="+54 9 11 5000-0001" />
        <TextInput name="waba_id" inputMode="numeric" label={t('channels.field.waba')} description={t('channels.field.wabaHint')} />
        {provider === 'meta' && <TextInput name="phone_number_id" required inputMode="numeric" label={t('channels.field.numberId')} />}
        {SECRETS.map((name) => (
          <PasswordInput
            key={`${provider} ${name}`}
            name={name}
            label={t(`channels.field.${provider}.${name}`)}
            description={t('channels.field.later')}
            autoComplete="off"
            data-1p-ignore
            visibilityToggleButtonProps={{ style: { display: 'none' } }}
          />
        ))}
        {error !== null && (
          <Alert color="danger" role="alert">
            {error}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={sending}>
            {t('channels.new.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ToPaste({ channel, onClose }: { readonly channel: AddedChannel; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const provider = PROVIDER_NAMES[channel.provider];
  return (
    <Stack gap="lg">
      <Text>{t('channels.new.paste', { name: channel.name, provider })}</Text>
      {channel.webhook_url && <CopyText label={t('channels.webhook', { provider })} text={channel.webhook_url} />}
      {channel.verify_token && <CopyText label={t('channels.new.token')} text={channel.verify_token} />}
      <Group justify="flex-end">
        <Button data-autofocus onClick={onClose}>
          {t('channels.new.close')}
        </Button>
      </Group>
    </Stack>
  );
}
