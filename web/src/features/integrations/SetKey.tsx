/** Entering a key: the value leaves the field the moment it is sent, and nothing but that request ever holds it. */
import { Button, Group, Modal, PasswordInput, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import styles from './Integrations.module.css';
import { credentialsQuery, sendValue, type Credential } from './queries';
import { kindName } from './words';

interface Props {
  readonly credential: Credential;
  readonly group: string;
  readonly onClose: () => void;
}

export default function SetKey({ credential, group, onClose }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    const field = form.current?.elements.namedItem('value');
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || sending) return;
    const { value } = field;
    if (value.trim() === '') {
      setError(t('vault.required'));
      field.focus();
      return;
    }
    field.value = '';
    setSending(true);
    setError(null);
    try {
      const saved = await sendValue(credential.name, value);
      cache.setQueryData(credentialsQuery.queryKey, (known) =>
        known && { ...known, items: known.items.map((item) => (item.name === saved.name ? saved : item)) },
      );
      toast(t('vault.saved', { mask: saved.masks[0] ?? '' }));
      onClose();
    } catch (refused) {
      const problem = asProblem(refused);
      const words = problem.code === 'unusable_value' ? t('vault.unusable') : problemWords(problem, t);
      setError(`${words} ${t('vault.again')}`);
      setSending(false);
      field.focus();
    }
  };
  const shared = {
    name: 'value',
    label: t('vault.value'),
    description: `${t(`vault.shape.${credential.shape}`)} ${t('vault.once')}`,
    error,
    classNames: { description: styles['small'] ?? '', error: styles['small'] ?? '' },
    disabled: sending,
    autoComplete: 'off',
    spellCheck: false,
    'data-autofocus': true,
    'data-1p-ignore': true,
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${kindName(credential, t)} · ${group}`}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form ref={form} onSubmit={(event) => void send(event)} autoComplete="off" noValidate>
        <Stack gap="lg">
          {credential.masks.length > 0 && (
            <Text size="sm" c="var(--nx-text2)">
              {credential.masks.join(' · ')}
            </Text>
          )}
          {credential.shape === 'line' ? (
            <PasswordInput {...shared} visibilityToggleButtonProps={{ style: { display: 'none' } }} />
          ) : (
            <Textarea {...shared} autosize minRows={credential.shape === 'text' ? 6 : 3} maxRows={10} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={sending}>
              {credential.masks.length > 0 ? t('vault.replace') : t('vault.set')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
