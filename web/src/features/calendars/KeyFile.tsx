/** Entering a service account's key file: the text leaves the field the moment it is sent, and is never shown again. */
import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/toast';
import { CALENDARS } from '@/lib/calendars/calendars';
import { useBackCloses } from '@/lib/history/back';
import { sendKeyFile } from './queries';
import { refusalWords } from './words';

export default function KeyFile({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    const value = field.current?.value.trim() ?? '';
    if (!field.current || sending) return;
    if (value === '') {
      setError(t('calendars.shared.required'));
      field.current.focus();
      return;
    }
    field.current.value = '';
    setSending(true);
    setError(null);
    try {
      const { calendars } = await sendKeyFile(value);
      await cache.invalidateQueries({ queryKey: [CALENDARS] });
      toast(t('calendars.shared.saved', { count: calendars }));
      onClose();
    } catch (refused) {
      setError(refusalWords(refused, t));
      setSending(false);
      field.current.focus();
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('calendars.shared.set')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={(event) => void send(event)} autoComplete="off" noValidate>
        <Stack gap="lg">
          <Textarea
            ref={field}
            label={t('calendars.shared.file')}
            description={t('calendars.shared.fileHint')}
            error={error}
            disabled={sending}
            autosize
            minRows={6}
            maxRows={10}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={sending}>
              {t('calendars.shared.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
